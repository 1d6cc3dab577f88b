package uz.koprik.indicators.policy;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * What the submitter of an object could see when it submitted it.
 *
 * @param classes see {@link Audience#classes}
 * @param identities ids of the identity objects for which the submitting partner's keys speak; none for accounts
 * @param groups of the submitting partner, see {@link Recipient.Partner#groups}
 * @param moment when it was submitted
 */
public record PastSight(long classes, Set<String> identities, Map<String, Instant> groups, Instant moment) {

    /** That of a submitter in no group. */
    public PastSight(long classes, Set<String> identities, Instant moment) {
        this(classes, identities, Map.of(), moment);
    }

    /** Whether it could see objects of these terms. */
    public boolean sees(ReleaseTerms terms) {
        if (classes == -1L) {
            return true;
        }
        if (terms.held() || terms.embargo().filter(moment::isBefore).isPresent()) {
            return false;
        }
        if (terms.recipients().isEmpty() && terms.groups().isEmpty()) {
            return has(terms.classCode());
        }
        if (terms.recipients()
                .filter(named -> Collections.disjoint(named, identities))
                .isPresent()) {
            return false;
        }
        if (!new Recipient.Partner("", Agreement.DEFAULT, identities, groups).belongs(terms.groups())) {
            return false;
        }
        return terms.tlp() == Tlp.RED
                ? terms.own()
                        && has(new ReleaseTerms(terms.below().orElse(Tlp.CLEAR), true, terms.personal(), terms.house())
                                .classCode())
                : has(terms.classCode());
    }

    private boolean has(int classCode) {
        return (classes >>> classCode & 1) != 0;
    }
}
