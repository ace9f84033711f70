/** Alerts on the volumes of pods. They follow the kubernetes-mixin. */
import { alert, and, div, eq, firing, gt, lt, predictLinear, ruleGroup, silent, text, unless } from 'dashwright';
import kubernetes from '../dashboards/kubernetes.ts';
import { fromKsm } from '../metrics/exporters.ts';
import { claimAccessMode, volumeAvailable, volumeCapacity, volumeUsed } from '../metrics/kubernetes-pods.ts';

const claim = { job: 'kubelet', namespace: 'ml', persistentvolumeclaim: 'models' } as const;

const freeShare = div(volumeAvailable, gt(volumeCapacity, 0));
const written = gt(volumeUsed, 0);
const readOnly = eq(claimAccessMode({ ...fromKsm, access_mode: 'ReadOnlyMany' }), 1);
const onClaim = { on: ['namespace', 'persistentvolumeclaim'] } as const;

export default ruleGroup('kubernetes-volumes', {}, [
  alert('KubePersistentVolumeFillingUp', {
    expr: unless(and(lt(freeShare, 0.03), written), readOnly, onClaim),
    for: '1m',
    severity: 'critical',
    summary: 'A volume is nearly full.',
    description: ({ labels, value }) =>
      text`Volume ${labels.namespace}/${labels.persistentvolumeclaim} has ${value.percentage} left.`,
    runbook: 'KubePersistentVolumeFillingUp.md',
    panel: kubernetes.panel('Volumes: free share'),
    tests: [
      firing('two percent are left', {
        series: [
          volumeAvailable.series(claim, '2x10'),
          volumeCapacity.series(claim, '100x10'),
          volumeUsed.series(claim, '98x10'),
        ],
        at: '5m',
        labels: claim,
      }),
      silent('it is read only', {
        series: [
          volumeAvailable.series(claim, '2x10'),
          volumeCapacity.series(claim, '100x10'),
          volumeUsed.series(claim, '98x10'),
          claimAccessMode.series(
            { ...fromKsm, namespace: 'ml', persistentvolumeclaim: 'models', access_mode: 'ReadOnlyMany' },
            '1x10',
          ),
        ],
        at: '5m',
      }),
    ],
  }),

  alert('KubePersistentVolumeFillingUp', {
    expr: unless(
      and(and(lt(freeShare, 0.15), written), lt(predictLinear(volumeAvailable, '4d', '6h'), 0)),
      readOnly,
      onClaim,
    ),
    for: '1h',
    severity: 'warning',
    summary: 'A volume will be full within four days.',
    description: ({ labels, value }) =>
      text`Volume ${labels.namespace}/${labels.persistentvolumeclaim} has ${value.percentage} left and fills up within four days.`,
    runbook: 'KubePersistentVolumeFillingUp.md',
    panel: kubernetes.panel('Volumes: free share'),
    tests: [
      firing('it loses one percent an hour', {
        series: [
          volumeAvailable.series(claim, '20-0.0166x500'),
          volumeCapacity.series(claim, '100x500'),
          volumeUsed.series(claim, '80+0.0166x500'),
        ],
        at: '8h',
        labels: claim,
      }),
      silent('it is full but does not grow', {
        series: [
          volumeAvailable.series(claim, '10x500'),
          volumeCapacity.series(claim, '100x500'),
          volumeUsed.series(claim, '90x500'),
        ],
        at: '8h',
      }),
    ],
  }),
]);
