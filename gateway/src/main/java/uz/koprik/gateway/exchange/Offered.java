package uz.koprik.gateway.exchange;

/**
 * One object as somebody brought it.
 *
 * @param object its bytes as they arrived; handed over and not changed afterwards
 * @param where its place in what was brought, for people: {@code /objects/3}, {@code line 17}
 */
@SuppressWarnings("ArrayRecordComponent") // never copied on the hot path, never compared
public record Offered(byte[] object, String where) {}
