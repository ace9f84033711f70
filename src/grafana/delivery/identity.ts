/** Names of dashboards and folders: what Grafana finds them by. */
import type { CompiledDashboard } from '../compile/dashboard.ts';
import { dashboardPath } from '../output-paths.ts';
import { dashboardRule, dashboardWhere, type Delivery, type DeliveryRule, type Finding } from './rule.ts';

/** `pkg/util/shortid_generator.go`: letters, digits, `-` and `_`, at most 40. */
const UID = /^[A-Za-z0-9_-]{1,40}$/;
const MAX_TITLE = 5000;

function strangers(uid: string): string {
  return [...new Set(uid.replaceAll(/[\w-]/g, ''))].map((character) => JSON.stringify(character)).join(', ');
}

const uid = dashboardRule('D650', (dashboard) => {
  const value = dashboard.model.uid;
  if (UID.test(value)) return [];
  return [
    {
      message: value === '' ? 'The dashboard has no uid.' : `Grafana does not accept the uid "${value}".`,
      why:
        value === ''
          ? 'Without one Grafana makes up another at each start, and every link to the dashboard breaks.'
          : value.length > 40
            ? `A uid has at most 40 characters; this one has ${value.length}.`
            : `A uid is made of letters, digits, "-" and "_" alone; this one has ${strangers(value)}.`,
      fix: 'Give it a short one that never changes, such as "cicd-pipelines".',
      where: dashboardWhere(dashboard),
      position: dashboard.model.position,
    },
  ];
});

/** Finds dashboards that share what Grafana tells them apart by. */
function duplicates(
  { dashboards }: Delivery,
  keyOf: (dashboard: CompiledDashboard) => string,
  describe: (dashboard: CompiledDashboard) => Pick<Finding, 'message' | 'why' | 'fix'>,
): readonly Finding[] {
  const first = new Map<string, CompiledDashboard>();
  return dashboards.flatMap((dashboard): Finding[] => {
    const key = keyOf(dashboard);
    const other = first.get(key);
    if (!other) {
      first.set(key, dashboard);
      return [];
    }
    return [
      {
        ...describe(dashboard),
        where: dashboardWhere(dashboard),
        position: dashboard.model.position,
        related: [{ message: `"${other.model.title}" is defined here`, position: other.model.position }],
      },
    ];
  });
}

const WRITES_STOP =
  'Grafana then stops saving what any of the providers involved delivers, and says so only in its log, until one of the two is gone.';

const duplicateUid: DeliveryRule = {
  code: 'D651',
  check: (delivery) =>
    duplicates(
      delivery,
      ({ model }) => model.uid,
      ({ model }) => ({
        message: `Two dashboards have the uid "${model.uid}".`,
        why: WRITES_STOP,
        fix: 'Give one of them another uid.',
      }),
    ),
};

const title = dashboardRule('D652', (dashboard) => {
  const value = dashboard.model.title.trim();
  if (value !== '' && value.length <= MAX_TITLE) return [];
  return [
    {
      message: value === '' ? 'The dashboard has no title.' : `The title has ${value.length} characters.`,
      why: `Grafana saves no dashboard without a title, nor one with more than ${MAX_TITLE} characters.`,
      fix: 'Say in a few words what the dashboard is about.',
      where: [`dashboard "${dashboard.model.uid}"`],
      position: dashboard.model.position,
    },
  ];
});

const duplicateTitle: DeliveryRule = {
  code: 'D653',
  check: (delivery) =>
    duplicates(
      delivery,
      ({ model }) => JSON.stringify([model.folder?.uid ?? '', model.title.trim()]),
      ({ model }) => ({
        message: `Two dashboards in ${model.folder ? `the folder "${model.folder.title}"` : 'no folder'} have the title "${model.title}".`,
        why: WRITES_STOP,
        fix: 'Give one of them another title or another folder.',
      }),
    ),
};

const folders: DeliveryRule = {
  code: 'D654',
  check: (delivery) => {
    const titles = new Map<string, CompiledDashboard>();
    const uids = new Map<string, CompiledDashboard>();
    return delivery.dashboards.flatMap((dashboard): Finding[] => {
      const { folder } = dashboard.model;
      if (folder === undefined) return [];
      const sameTitle = titles.get(folder.title) ?? dashboard;
      const sameUid = uids.get(folder.uid) ?? dashboard;
      titles.set(folder.title, sameTitle);
      uids.set(folder.uid, sameUid);
      const problem =
        refusal(folder) ??
        (sameTitle.model.folder?.uid === folder.uid
          ? undefined
          : [
              `The folder "${folder.title}" has two uids: "${sameTitle.model.folder?.uid}" and "${folder.uid}".`,
              'Grafana would show two folders of one name.',
            ]) ??
        (sameUid.model.folder?.title === folder.title
          ? undefined
          : [
              `The folder uid "${folder.uid}" has two titles: "${sameUid.model.folder?.title}" and "${folder.title}".`,
              'Two providers with one folder uid fight over its title.',
            ]);
      if (problem === undefined) return [];
      const [message, why] = problem;
      return [
        {
          message,
          why,
          fix: `Use one folder('${folder.title || 'MLOps'}', { uid: '…' }) for all dashboards in it.`,
          where: dashboardWhere(dashboard),
          position: dashboard.model.position,
        },
      ];
    });
  },
};

function refusal(folder: { readonly title: string; readonly uid: string }): readonly [string, string] | undefined {
  if (folder.title.trim() === '') return ['The folder has no title.', 'Grafana makes no folder without one.'];
  if (folder.title.trim().toLowerCase() === 'general' || folder.uid === 'general') {
    return ['The folder is called "General".', 'That is the name of the root, which Grafana lets no folder have.'];
  }
  if (!UID.test(folder.uid)) {
    return [
      `Grafana does not accept the folder uid "${folder.uid}".`,
      'A uid is 1 to 40 letters, digits, "-" and "_".',
    ];
  }
  return undefined;
}

/** Two uids that differ in case alone are one file on some machines. */
const onePath: DeliveryRule = {
  code: 'D651',
  check: (delivery) =>
    duplicates(
      { ...delivery, dashboards: distinctUids(delivery.dashboards) },
      ({ model }) => dashboardPath(model, delivery.context).toLowerCase(),
      ({ model }) => ({
        message: `Another dashboard's file differs from "${dashboardPath(model, delivery.context)}" in upper and lower case only.`,
        why: 'On file systems that do not tell them apart one of the two overwrites the other.',
        fix: 'Give one of them another uid.',
      }),
    ),
};

function distinctUids(dashboards: readonly CompiledDashboard[]): readonly CompiledDashboard[] {
  const seen = new Set<string>();
  return dashboards.filter(({ model }) => !seen.has(model.uid) && seen.add(model.uid));
}

export const IDENTITY_RULES: readonly DeliveryRule[] = [uid, duplicateUid, onePath, title, duplicateTitle, folders];
