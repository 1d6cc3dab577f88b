package uz.koprik.gateway.access;

import java.util.Set;
import uz.koprik.gateway.exchange.Source;
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

    public boolean may(Right right) {
        return rights.contains(right);
    }
}
