// What we read of the events that htmx 4 sends; it declares no types for them.

/** @typedef {{ctx?: {sourceElement?: Element, target?: Element, response?: {status: number}}}} HtmxDetail */
/** @typedef {CustomEvent<HtmxDetail | undefined>} HtmxEvent */

/**
 * What a swap or a request was about; empty where `event` is none of htmx.
 * @param {Event} event
 * @returns {NonNullable<HtmxDetail["ctx"]>}
 */
export function about(event) {
  return /** @type {Partial<HtmxEvent>} */ (event).detail?.ctx ?? {};
}
