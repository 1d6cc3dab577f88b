package uz.koprik.indicators.cases;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import uz.koprik.indicators.policy.Tlp;

/**
 * A shared part of a case, stored in the case so that its history shows who shared what and when.
 *
 * @param by the account that chose it
 * @param at when
 * @param tlp marking of the shared objects
 * @param parts the chosen parts, in words: {@code 3 values as indicators, summary}
 * @param objects ids of the STIX objects that were made of it
 * @param withdrawals what of it was taken back, in order
 */
public record CaseShare(
        String by, Instant at, Tlp tlp, String parts, List<String> objects, List<Withdrawal> withdrawals) {

    /**
     * Some objects of a share were taken back.
     *
     * @param by the account that did it
     * @param at when
     * @param objects their ids
     */
    public record Withdrawal(String by, Instant at, List<String> objects) {

        public Withdrawal {
            objects = List.copyOf(objects);
        }
    }

    public CaseShare {
        objects = List.copyOf(objects);
        withdrawals = List.copyOf(withdrawals);
    }

    /** One of which nothing was taken back. */
    public CaseShare(String by, Instant at, Tlp tlp, String parts, List<String> objects) {
        this(by, at, tlp, parts, objects, List.of());
    }

    /** What still belongs to it. */
    public List<String> left() {
        Set<String> gone = new HashSet<>();
        withdrawals.forEach(one -> gone.addAll(one.objects()));
        return objects.stream().filter(id -> !gone.contains(id)).toList();
    }

    /** This with some of its objects taken back. */
    public CaseShare with(Withdrawal one) {
        List<Withdrawal> all = new ArrayList<>(withdrawals);
        all.add(one);
        return new CaseShare(by, at, tlp, parts, objects, all);
    }
}
