import { describe, expect, test } from 'vitest';
import { dashboards, page, pages, rules, unitTests } from './output.ts';

const alerts = rules().filter(({ alert }) => alert !== undefined);
const names = [...new Set(alerts.map(({ alert = '' }) => alert))].toSorted();
const ids = new Map(dashboards().map(({ uid, panels }) => [uid, new Set(panels.map(({ id }) => String(id)))]));

describe('alerts of the pack', () => {
  test('are there at all', () => {
    expect(names.length).toBeGreaterThan(50);
  });

  test.each(alerts)('$alert says how bad it is, what happened, what to do and where to look', (rule) => {
    const { alert = '', labels = {}, annotations = {} } = rule;
    expect(['critical', 'warning', 'info', 'none']).toContain(labels['severity']);
    expect(annotations['summary']).toMatch(/\.$/);
    expect(annotations['description']).toMatch(/\.$/);
    expect(annotations['runbook_url']).toMatch(new RegExp(`/${alert}\\.md$`));
    expect(annotations['dashboard_url']).toContain(`/d/${annotations['__dashboardUid__']}?`);
    expect(ids.get(annotations['__dashboardUid__'] ?? '')).toContain(annotations['__panelId__']);
  });

  test.each(names)('%s is seen to fire and to be silent', (name) => {
    const own = unitTests().filter((one) => one.name.startsWith(`${name}: `));
    const expected = own.map(
      ({ alert_rule_test = [], promql_expr_test = [] }) =>
        alert_rule_test.flatMap(({ exp_alerts }) => exp_alerts).length +
        promql_expr_test.flatMap(({ exp_samples }) => exp_samples).length,
    );
    expect(expected.some((alertsSeen) => alertsSeen > 0)).toBe(true);
    // The watchdog is never silent; that is what it is for.
    expect(expected.includes(0)).toBe(name !== 'Watchdog');
  });
});

describe('runbooks', () => {
  test('exist for every alert and for nothing else', () => {
    expect(pages('runbooks')).toEqual(names.map((name) => `${name}.md`));
  });

  test.each(names)('%s says what it means, what to check and what to do', (name) => {
    const [title, ...sections] = page(`runbooks/${name}.md`).split(/^## /m);
    expect(title?.trim()).toBe(`# ${name}`);
    expect(sections.map((section) => section.split('\n', 1)[0])).toEqual(['What it means', 'Check', 'Do']);
    for (const section of sections) expect(section.trim().length).toBeGreaterThan(40);
  });
});
