/** What the panels on Kubernetes select by, and when they warn. */
import { labelValues, variable } from 'dashwright';
import { fromKsm } from '../metrics/exporters.ts';
import { podPhase } from '../metrics/kubernetes-pods.ts';
import { severalOrAll } from './_pack.ts';

export const namespace = variable('namespace', labelValues(podPhase(fromKsm), 'namespace'), severalOrAll);

export const ksm = { ...fromKsm, namespace };

/** Of used shares: when to look, and when to act. */
export const utilisation = { base: 'green', 0.8: 'yellow', 0.9: 'red' } as const;
