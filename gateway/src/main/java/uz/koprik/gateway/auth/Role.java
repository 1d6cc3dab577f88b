package uz.koprik.gateway.auth;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What an account was made for: the one table of roles and rights. A right that a role does not name, it lacks. */
public enum Role {
    /** An ordinary TAXII client that reads what its marking allows. */
    READER("a program that reads objects, up to a marking", false, Right.READ),
    /** An ordinary TAXII client that reads and submits objects. */
    WRITER("a program that reads and submits objects, up to a marking", false, Right.READ, Right.WRITE),
    /** A member of the centre who works with objects and cases. */
    ANALYST(
            "a person who submits, searches, and works on case files, of all units or some",
            true,
            Right.READ,
            Right.WRITE,
            Right.ANALYSE,
            Right.CASES),
    /** A member of the centre who searches, and works on the case files of named units; submits and shares nothing. */
    CASEWORKER(
            "a person who searches, and works on the case files of named units; submits and shares nothing",
            true,
            Right.READ,
            Right.ANALYSE,
            Right.CASES),
    /** A member of the centre who releases what others submitted, and submits as well. */
    RELEASER(
            "a person who submits and searches, and releases what others submitted",
            true,
            Right.READ,
            Right.WRITE,
            Right.ANALYSE,
            Right.RELEASE),
    /** A member of the centre who looks after partners and feeds. */
    OPERATOR("a person who looks after partners, feeds and backups", true, Right.READ, Right.ANALYSE, Right.OPERATE),
    /** A member of the centre who reads the access record, and nothing else. */
    AUDITOR("a person who reads the access record, and nothing else", true, Right.AUDIT),
    /** A member of the centre who may do everything but read the access record. */
    ADMIN(
            "a person who may do everything but read the access record",
            true,
            Right.READ,
            Right.WRITE,
            Right.ANALYSE,
            Right.CASES,
            Right.OPERATE,
            Right.RELEASE,
            Right.ADMINISTER);

    private final String inWords;
    private final boolean member;

    @SuppressWarnings("ImmutableEnumChecker") // Set.copyOf never changes.
    private final Set<Right> rights;

    Role(String inWords, boolean member, Right first, Right... others) {
        this.inWords = inWords;
        this.member = member;
        this.rights = Set.copyOf(EnumSet.of(first, others));
    }

    /** Who has it, in a few words. */
    public String inWords() {
        return inWords;
    }

    /** Whether it can be limited to the case files of some units. */
    public boolean worksForUnits() {
        return this == ANALYST || this == CASEWORKER;
    }

    /** Whether it belongs to the centre's own people, who see everything the centre holds. */
    public boolean member() {
        return member;
    }

    public Set<Right> rights() {
        return rights;
    }

    /** As it is written in files and on the command line. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All codes, for sentences. */
    public static String known() {
        return Arrays.stream(values()).map(Role::code).collect(Collectors.joining(", "));
    }

    /** The role of that code. */
    public static Optional<Role> of(String code) {
        for (Role role : values()) {
            if (role.code().equals(code)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
