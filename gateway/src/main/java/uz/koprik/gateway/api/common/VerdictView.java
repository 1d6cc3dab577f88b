package uz.koprik.gateway.api.common;

/**
 * What this centre's analysts found out of a value in an object; the schema {@code Verdict}.
 *
 * @param verdict {@code confirmed} or {@code dismissed}
 * @param id of the sighting or opinion that says so
 * @param by the account
 * @param at when
 * @param note why, in words
 * @param tlp its marking; TLP:RED when it stays here
 * @param unproven why it is not proven any more; absent when it is
 */
public record VerdictView(
        String verdict, String id, String by, String at, String note, String tlp, UnprovenView unproven) {}
