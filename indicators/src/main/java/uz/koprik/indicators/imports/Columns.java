package uz.koprik.indicators.imports;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which column of a table plays which role. */
public final class Columns {

    /** What a column can be. */
    public enum Role {
        VALUE,
        KIND,
        NAME,
        DESCRIPTION,
        LABELS,
        TLP,
        VALID_FROM,
        CONFIDENCE,
        SKIP
    }

    /** Names under which common files have these columns, in lower case. */
    private static final Map<String, Role> NAMES = Map.ofEntries(
            Map.entry("value", Role.VALUE),
            Map.entry("indicator", Role.VALUE),
            Map.entry("ioc", Role.VALUE),
            Map.entry("observable", Role.VALUE),
            Map.entry("kind", Role.KIND),
            Map.entry("type", Role.KIND),
            Map.entry("name", Role.NAME),
            Map.entry("family", Role.NAME),
            Map.entry("malware", Role.NAME),
            Map.entry("description", Role.DESCRIPTION),
            Map.entry("comment", Role.DESCRIPTION),
            Map.entry("labels", Role.LABELS),
            Map.entry("tags", Role.LABELS),
            Map.entry("tlp", Role.TLP),
            Map.entry("valid_from", Role.VALID_FROM),
            Map.entry("first_seen", Role.VALID_FROM),
            Map.entry("confidence", Role.CONFIDENCE),
            Map.entry("-", Role.SKIP));

    private final List<Role> roles;

    private Columns(List<Role> roles) {
        this.roles = Collections.unmodifiableList(roles);
    }

    /**
     * From the option {@code --columns}, such as {@code name,value} or {@code -,value,tlp}.
     *
     * @throws ImportRefused when a name is unknown, or there is not exactly one column of values, or a role comes twice
     */
    public static Columns parse(String option) throws ImportRefused {
        List<Role> roles = new ArrayList<>();
        for (String name : option.split(",", -1)) {
            Role role = NAMES.get(name.strip().toLowerCase(Locale.ROOT));
            if (role == null) {
                throw new ImportRefused(
                        "no column can be called \"" + name.strip() + "\"; use value, kind, name, description,"
                                + " labels, tlp, valid_from, confidence, or - for a column to leave out");
            }
            roles.add(role);
        }
        return checked(roles, "the option columns");
    }

    /** From the first row of a table; columns with other names are left out. */
    static Columns ofHeader(List<String> header) throws ImportRefused {
        List<Role> roles = new ArrayList<>();
        for (String name : header) {
            roles.add(NAMES.getOrDefault(name.strip().toLowerCase(Locale.ROOT), Role.SKIP));
        }
        return checked(roles, "the header");
    }

    /** Whether a row names a column of values, and so is a header rather than data. */
    static boolean isHeader(List<String> row) {
        for (String name : row) {
            if (NAMES.get(name.strip().toLowerCase(Locale.ROOT)) == Role.VALUE) {
                return true;
            }
        }
        return false;
    }

    /** The role of each column, from the left. */
    public List<Role> roles() {
        return roles;
    }

    private static Columns checked(List<Role> roles, String where) throws ImportRefused {
        for (Role role : Role.values()) {
            if (role != Role.SKIP && Collections.frequency(roles, role) > 1) {
                throw new ImportRefused(
                        where + " names two columns for " + role.name().toLowerCase(Locale.ROOT));
            }
        }
        if (!roles.contains(Role.VALUE)) {
            throw new ImportRefused(
                    where + " names no column \"value\"; say which is which, such as --columns name,value");
        }
        return new Columns(roles);
    }
}
