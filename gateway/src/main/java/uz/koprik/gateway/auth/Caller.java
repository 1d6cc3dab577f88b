package uz.koprik.gateway.auth;

import java.util.Set;
import java.util.function.UnaryOperator;
import uz.koprik.indicators.policy.CaseUnits;
import uz.koprik.indicators.policy.PersonalUse;
import uz.koprik.indicators.policy.Recipient;

/**
 * Who is asking, proven.
 *
 * @param name of the account or partner
 * @param rights what it may do
 * @param recipient how {@code Release} sees it
 * @param source how {@code Intake} sees it
 */
public record Caller(String name, Set<Right> rights, Recipient recipient, Source source) {

    public Caller {
        rights = Set.copyOf(rights);
    }

    /** Of which units it may know the case files, if it may know of any: see {@link Right#CASES}. */
    public CaseUnits units() {
        return recipient instanceof Recipient.Analyst analyst ? analyst.units() : CaseUnits.ALL;
    }

    /** The same with another use of personal values. */
    public Caller using(UnaryOperator<PersonalUse> change) {
        Recipient changed = recipient.using(change);
        return changed.equals(recipient) ? this : new Caller(name, rights, changed, source);
    }

    /** Whether personal objects of partners are left out, since no purpose was said that their agreements ask for. */
    public boolean withheld() {
        return !recipient.use().withheld().isEmpty();
    }

    /** Whether it works on case files, but not on all: then figures over all of them are not for it either. */
    public boolean worksOnSome() {
        return may(Right.CASES) && !units().all();
    }

    /**
     * Whether it sees everything in the centre: to all others, figures over the whole would disclose hidden objects.
     */
    public boolean seesAll() {
        return may(Right.CASES) && units().all() && !withheld();
    }

    /**
     * Whether figures over the whole may be shown to it: who operates the centre reads them in {@code /metrics} anyway,
     * and they say nothing of any value.
     */
    public boolean seesFigures() {
        return may(Right.CASES) && units().all() && (!withheld() || may(Right.OPERATE));
    }

    public boolean may(Right right) {
        return rights.contains(right);
    }
}
