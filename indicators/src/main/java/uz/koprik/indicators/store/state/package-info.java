/**
 * What a centre stores besides objects, in named records: subscriptions, positions, saved searches. A backend
 * implements {@link uz.koprik.indicators.store.state.StateStore}.
 */
package uz.koprik.indicators.store.state;
