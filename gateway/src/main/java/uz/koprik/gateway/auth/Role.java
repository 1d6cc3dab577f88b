package uz.koprik.gateway.auth;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What an account was made for; each role is a set of rights. */
public enum Role {
    /** An ordinary TAXII client that reads what its marking allows. */
    READER(false, Right.READ),
    /** An ordinary TAXII client that reads and submits objects. */
    WRITER(false, Right.READ, Right.WRITE),
    /** A member of the centre who works with objects and cases. */
    ANALYST(true, Right.READ, Right.WRITE, Right.ANALYSE, Right.CASES),
    /** A member of the centre who looks after partners and feeds. */
    OPERATOR(true, Right.READ, Right.ANALYSE, Right.OPERATE),
    /** A member of the centre who may do everything. */
    ADMIN(true, Right.READ, Right.WRITE, Right.ANALYSE, Right.CASES, Right.OPERATE);

    private final boolean member;

    @SuppressWarnings("ImmutableEnumChecker") // Set.copyOf never changes.
    private final Set<Right> rights;

    Role(boolean member, Right first, Right... others) {
        this.member = member;
        this.rights = Set.copyOf(EnumSet.of(first, others));
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
