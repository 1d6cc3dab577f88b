package uz.koprik.indicators.translate.export;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uz.koprik.indicators.warninglist.ProtectedValues;

/** What one export wrote and left out, by reason. For one thread. */
public final class ExportCounts {

    private final Map<String, LeftOut> leftOut = new LinkedHashMap<>();
    private long examined;
    private long entries;

    /** Why an object or a value of it is not in an export, besides that it is protected. */
    public enum Omission {
        REVOKED("revoked", "objects that are revoked"),
        UNPROVEN("unproven", "objects that only compromised keys prove"),
        EXPIRED("expired", "objects whose valid_until has passed"),
        NOT_YET_VALID("not_yet_valid", "objects whose valid_from lies ahead"),
        STRICTER_TLP("stricter_tlp", "objects with a stricter marking"),
        OTHER_KIND("other_kind", "values of other kinds"),
        NOT_EXPRESSED("not_expressed", "things that the format cannot express");

        private final String code;
        private final String label;

        Omission(String code, String label) {
            this.code = code;
            this.label = label;
        }
    }

    /**
     * What was left out for one reason.
     *
     * @param code stable name of the reason
     */
    public record LeftOut(String code, long count) {}

    /** One more object of the wanted types was looked at. */
    public void examined() {
        examined++;
    }

    /** One more line, rule, row, attribute or object was written. */
    public void wrote() {
        entries++;
    }

    /** One more thing was left out. */
    public void omitted(Omission why) {
        add(why.code);
    }

    void omitted(ProtectedValues.Reason why) {
        add(why.code());
    }

    private void add(String code) {
        leftOut.merge(code, new LeftOut(code, 1), (before, one) -> new LeftOut(code, before.count() + 1));
    }

    /** A reason for people, in the plural; the code itself when it is unknown here. */
    public static String label(String code) {
        for (Omission why : Omission.values()) {
            if (why.code.equals(code)) {
                return why.label;
            }
        }
        for (ProtectedValues.Reason why : ProtectedValues.Reason.values()) {
            if (why.code().equals(code)) {
                return "values that are never blocked: " + why.label();
            }
        }
        return code;
    }

    /** How many objects of the wanted types were looked at. */
    public long objects() {
        return examined;
    }

    /** How many lines, rules, rows, attributes or objects were written. */
    public long entries() {
        return entries;
    }

    /** The reasons in the order in which they came up. */
    public List<LeftOut> leftOut() {
        return List.copyOf(leftOut.values());
    }
}
