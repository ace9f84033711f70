/** A panel as Grafana writes it: what the Foundation SDK's builder makes, and what it leaves out. */
import type { DashboardContext } from '../context.ts';
import { isObject, plain, type Json, type JsonObject } from '../json.ts';
import type { GridPos } from '../layout.ts';
import type { DashboardModel, OverrideModel, PanelModel } from '../model.ts';
import type { LoadedSdk, PanelBuilders, PanelType } from '../panel-builders.ts';
import { PANEL_TYPES, type PanelFacts, type PanelTypeEntry } from '../panel-types.ts';
import type { UnitDisplay } from '../units.ts';
import { datasourceOf, MIXED_DATASOURCE } from './datasource.ts';
import { colorJson, mappingsJson, overrideJson, thresholdsJson } from './field-config.ts';
import { dataLinkJson } from './links.ts';
import { compileTargets, type CompiledTarget } from './targets.ts';

/**
 * The Grafana version whose panel options the SDK describes. Without one Grafana takes a panel for one from
 * before version 6.2 and migrates it, which loses the options of some (grafana/grafana#125371).
 */
const PLUGIN_VERSION = '12.0.0';

export interface CompiledPanel {
  readonly json: JsonObject;
  readonly targets: readonly CompiledTarget[];
}

/** Options that the SDK, or the author's own function for the panel, refused. */
export class PanelRefusal extends Error {
  override readonly name = 'PanelRefusal';
}

/** The methods that every panel builder of the SDK has. */
interface AnyBuilder {
  build(): object;
  title(title: string): unknown;
  unit(unit: string): unknown;
  decimals(decimals: number): unknown;
  min(min: number): unknown;
  max(max: number): unknown;
  displayName(name: string): unknown;
  noValue(text: string): unknown;
  mappings(mappings: readonly JsonObject[]): unknown;
  thresholds(thresholds: { build(): JsonObject }): unknown;
  colorScheme(color: { build(): JsonObject }): unknown;
  overrides(overrides: readonly JsonObject[]): unknown;
  transformations(transformations: readonly JsonObject[]): unknown;
}

/**
 * Compiles a panel.
 *
 * @param place its id and its place on the grid
 * @param sdk with the builder of the panel's kind
 * @throws PanelRefusal with what the SDK or the author's `panel` function threw
 */
export function compilePanel(
  panel: PanelModel,
  place: { readonly id: number; readonly gridPos: GridPos },
  dashboard: DashboardModel,
  sdk: LoadedSdk,
  context: DashboardContext,
): CompiledPanel {
  const targets = compileTargets(panel, dashboard, context);
  const display = targets.find((target) => target.display !== undefined)?.display;
  const observed = observedDisplay(targets);
  const facts: PanelFacts = {
    panel,
    ...(display === undefined ? {} : { display }),
    ...(observed === undefined ? {} : { observed }),
  };
  const built = attempt(() => buildPanel(facts, targets, dashboard, sdk));
  const json: JsonObject = {
    ...withoutJunk(built),
    ...(PANEL_TYPES[panel.type].asks === 'none'
      ? {}
      : { datasource: panelDatasource(panel, targets, dashboard), targets: targets.map((target) => target.json) }),
    ...(panel.description === undefined ? {} : { description: panel.description }),
    fieldConfig: fieldConfig(built, panel, dashboard),
    gridPos: { ...place.gridPos },
    ...(panel.hideTimeOverride === undefined ? {} : { hideTimeOverride: panel.hideTimeOverride }),
    id: place.id,
    ...(panel.interval === undefined ? {} : { interval: panel.interval }),
    ...(panel.links.length === 0 ? {} : { links: panel.links.map((link) => dataLinkJson(link, dashboard)) }),
    ...(panel.maxDataPoints === undefined ? {} : { maxDataPoints: panel.maxDataPoints }),
    pluginVersion: PLUGIN_VERSION,
    ...repeatJson(panel),
    ...(panel.timeFrom === undefined ? {} : { timeFrom: panel.timeFrom }),
    ...(panel.timeShift === undefined ? {} : { timeShift: panel.timeShift }),
    title: panel.title,
    ...(panel.transparent ? { transparent: true } : {}),
  };
  return { json, targets };
}

function attempt<T>(build: () => T): T {
  try {
    return build();
  } catch (error) {
    throw new PanelRefusal(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** The unit of the observations where all histograms of the panel agree. */
function observedDisplay(targets: readonly CompiledTarget[]): UnitDisplay | undefined {
  const [first, ...others] = targets.map(({ observed }) => observed);
  return others.every((other) => other?.unit === first?.unit) ? first : undefined;
}

function buildPanel(
  facts: PanelFacts,
  targets: readonly CompiledTarget[],
  dashboard: DashboardModel,
  sdk: LoadedSdk,
): JsonObject {
  const { panel, display } = facts;
  const Builder = sdk.builders[panel.type];
  if (!Builder) throw new Error(`The builder of ${panel.type} panels has not been loaded.`);
  const builder = new Builder();
  const type = PANEL_TYPES[panel.type] as PanelTypeEntry<PanelType>;
  type.defaults(builder, facts);
  applyFieldOptions(builder as unknown as AnyBuilder, panel, display);
  applyOverrides(builder as unknown as AnyBuilder, panel, targets, dashboard);
  const customize = panel.customize as ((builder: PanelBuilders[PanelType], sdk: LoadedSdk) => unknown) | undefined;
  const customized = customize?.(builder, sdk) ?? builder;
  const json = plain((customized as AnyBuilder).build(), 'the panel');
  if (!isObject(json)) throw new TypeError('its function must return its builder');
  for (const [key, instead] of Object.entries(SET_ELSEWHERE)) {
    if (json[key] !== undefined) throw new TypeError(`its function sets "${key}", which is lost: ${instead} instead`);
  }
  return json;
}

/** What the builder can set but is decided here, and how the author says it. */
const SET_ELSEWHERE: Readonly<Record<string, string>> = {
  targets: 'give its queries as the second argument',
  title: 'give its title as the first argument',
  datasource: 'use the option datasource',
  gridPos: 'use the options width and height',
  id: 'use the option id',
};

function applyFieldOptions(builder: AnyBuilder, panel: PanelModel, display: UnitDisplay | undefined): void {
  const own = PANEL_TYPES[panel.type].unitOfAxis ? undefined : panel.unit;
  const unit = own ?? display?.unit;
  const range = PANEL_TYPES[panel.type].drawsRange && panel.unit === undefined ? display?.range : undefined;
  const min = panel.min ?? range?.min;
  const max = panel.max ?? range?.max;
  if (unit !== undefined) builder.unit(unit);
  if (min !== undefined) builder.min(min);
  if (max !== undefined) builder.max(max);
  if (panel.decimals !== undefined) builder.decimals(panel.decimals);
  if (panel.displayName !== undefined) builder.displayName(panel.displayName);
  if (panel.noValue !== undefined) builder.noValue(panel.noValue);
  if (panel.mappings !== undefined) builder.mappings(mappingsJson(panel.mappings));
  if (panel.color !== undefined) builder.colorScheme(built(colorJson(panel.color)));
  if (PANEL_TYPES[panel.type].asks !== 'none') builder.thresholds(built(thresholdsJson(panel)));
}

const built = (json: JsonObject): { build(): JsonObject } => ({ build: () => json });

function applyOverrides(
  builder: AnyBuilder,
  panel: PanelModel,
  targets: readonly CompiledTarget[],
  dashboard: DashboardModel,
): void {
  const json = (override: OverrideModel): JsonObject =>
    overrideJson(
      override,
      (override.dataLinks ?? []).map((link) => dataLinkJson(link, dashboard)),
    );
  builder.overrides([...unitOverrides(panel, targets), ...panel.overrides.map(json)]);
  const transformations = panel.transformations ?? defaultTransformations(panel, targets);
  if (transformations.length > 0) builder.transformations(plain(transformations) as readonly JsonObject[]);
}

/** Queries in another unit than the first have it by an override. */
function unitOverrides(panel: PanelModel, targets: readonly CompiledTarget[]): readonly JsonObject[] {
  if (panel.unit !== undefined) return [];
  const shown = targets.filter((target) => target.display !== undefined);
  const first = shown[0]?.display?.unit;
  return shown
    .filter(({ display }) => display?.unit !== first)
    .map(({ display, refId }) => ({
      matcher: isTable(panel) ? { id: 'byName', options: `Value #${refId}` } : { id: 'byFrameRefID', options: refId },
      properties: [{ id: 'unit', value: display?.unit ?? '' }],
    }));
}

const isTable = (panel: PanelModel): boolean => PANEL_TYPES[panel.type].format === 'table';

/** A table shows the queries side by side, their legends as headings, and not the one moment of all of them. */
function defaultTransformations(panel: PanelModel, targets: readonly CompiledTarget[]): readonly JsonObject[] {
  const asked = targets.filter(({ model }) => model.kind === 'prometheus');
  if (panel.type !== 'table' || asked.length === 0) return [];
  const headings = asked.flatMap(({ model, refId }): [string, Json][] => {
    if (model.kind !== 'prometheus' || model.legend === undefined) return [];
    return [[asked.length === 1 ? 'Value' : `Value #${refId}`, model.legend]];
  });
  const organize = {
    id: 'organize',
    options: { excludeByName: { Time: true }, indexByName: {}, renameByName: Object.fromEntries(headings) },
  };
  return asked.length === 1 ? [organize] : [{ id: 'merge', options: {} }, organize];
}

function panelDatasource(panel: PanelModel, targets: readonly CompiledTarget[], dashboard: DashboardModel): JsonObject {
  const references = new Map(targets.map(({ json }) => [JSON.stringify(json['datasource']), json['datasource']]));
  const [only] = references.values();
  if (references.size > 1) return { ...MIXED_DATASOURCE };
  return isObject(only) ? only : { ...(panel.datasource ?? datasourceOf(dashboard)) };
}

function fieldConfig(json: JsonObject, panel: PanelModel, dashboard: DashboardModel): JsonObject {
  const config = isObject(json['fieldConfig']) ? json['fieldConfig'] : {};
  const defaults = isObject(config['defaults']) ? config['defaults'] : {};
  const links = (panel.dataLinks ?? []).map((link) => dataLinkJson(link, dashboard));
  const own = Array.isArray(defaults['links']) ? defaults['links'].map(cleanLink) : [];
  return {
    defaults: { ...defaults, ...(links.length + own.length === 0 ? {} : { links: [...links, ...own] }) },
    overrides: config['overrides'] ?? [],
  };
}

/** What the SDK writes although nobody asked: links in the controls menu, repetition of what is not repeated. */
function withoutJunk(json: JsonObject): JsonObject {
  const { repeatDirection, transparent, links, ...rest } = json;
  return {
    ...rest,
    ...(rest['repeat'] === undefined || repeatDirection === undefined ? {} : { repeatDirection }),
    ...(transparent === true ? { transparent } : {}),
    ...(Array.isArray(links) ? { links: links.map(cleanLink) } : {}),
  };
}

/** Grafana's links of panels and values have these keys; the SDK's builder makes them of links of dashboards. */
function cleanLink(link: Json): Json {
  if (!isObject(link)) return link;
  const { title, url, targetBlank } = link;
  return { targetBlank: targetBlank ?? false, title: title ?? '', url: url ?? '' };
}

function repeatJson({ repeat }: PanelModel): JsonObject {
  if (repeat === undefined) return {};
  return {
    ...(repeat.maxPerRow === undefined ? {} : { maxPerRow: repeat.maxPerRow }),
    repeat: repeat.variable,
    repeatDirection: repeat.direction,
  };
}
