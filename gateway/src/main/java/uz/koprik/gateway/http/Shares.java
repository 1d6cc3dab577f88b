package uz.koprik.gateway.http;

import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import uz.koprik.gateway.config.Config;

/**
 * A limited resource, such as connections, and the amounts of it that each address, each caller, all accounts and all
 * partners hold. None of them can take all of it from the others. Safe for use by many threads.
 */
final class Shares {

    /** Answers for what nobody has logged in for yet, before the address. */
    private static final String NOBODY = "nobody at ";

    private final String what;
    private final long total;
    private final long perCaller;
    private final long perAddress;

    /** Half of an address: who sits at the same address as a greedy caller is left the other half. */
    private final long perCallerAtAddress;

    private final long perGroup;
    private final Set<String> sharedAddresses;
    private final AtomicLong held = new AtomicLong();
    private final Map<String, Long> byHolder = new ConcurrentHashMap<>();

    /**
     * @param what in words, for refusals
     * @param total how much there is
     * @param least what every share holds at least: one request must fit
     */
    Shares(String what, long total, long least, Config.Limits limits) {
        this.what = what;
        this.total = total;
        this.perCaller = part(total, limits.callerShare(), least);
        this.perAddress = part(total, limits.addressShare(), least);
        this.perCallerAtAddress = Math.min(perAddress, Math.max(Math.max(1, least), perAddress / 2));
        this.perGroup = part(total, limits.groupShare(), least);
        this.sharedAddresses = Set.copyOf(limits.sharedAddresses());
    }

    private static long part(long total, int percent, long least) {
        return Math.min(total, Math.max(Math.max(1, least), total / 100 * percent + total % 100 * percent / 100));
    }

    /** How much is held. */
    long held() {
        return held.get();
    }

    /** What one request or connection holds. Not safe for use by several threads at one time. */
    final class Claim {

        private final List<String> holders = new ArrayList<>(4);
        private final String address;
        private long amount;

        private Claim(String address) {
            this.address = address;
            if (address != null) {
                add("address " + address);
                add(NOBODY + address);
            }
        }

        /**
         * Takes {@code more} of the whole and for every holder so far.
         *
         * @return null when it was taken, else in words whose share is used up; then nothing was taken
         */
        String take(long more) {
            if (held.addAndGet(more) > total) {
                held.addAndGet(-more);
                return "there are too many " + what + " at this moment";
            }
            for (int i = 0; i < holders.size(); i++) {
                if (!Shares.this.take(holders.get(i), more)) {
                    for (int taken = 0; taken < i; taken++) {
                        give(holders.get(taken), more);
                    }
                    held.addAndGet(-more);
                    return tooMuch(holders.get(i));
                }
            }
            amount += more;
            return null;
        }

        /** Charges a holder for a resource in use; null on success, otherwise the reason against it. */
        String add(String holder) {
            if (holder == null || holders.contains(holder)) {
                return null;
            }
            if (!Shares.this.take(holder, amount)) {
                return tooMuch(holder);
            }
            holders.add(holder);
            return null;
        }

        /** Charges the caller of a request, and its group, for the resource in use. */
        String add(RoutingContext request) {
            String caller = CallerName.key(request);
            if (caller == null) {
                return null;
            }
            drop(NOBODY + address);
            String refused = address == null ? null : add(caller + " at " + address);
            refused = refused == null ? add(caller) : refused;
            return refused == null ? add(CallerName.group(request)) : refused;
        }

        private void drop(String holder) {
            if (holders.remove(holder)) {
                give(holder, amount);
            }
        }

        /** Only the address is charged from now on. */
        void keepAddress() {
            while (!holders.isEmpty() && !holders.getLast().startsWith("address ")) {
                give(holders.removeLast(), amount);
            }
        }

        /** Gives everything back. Does nothing the second time. */
        void release() {
            holders.forEach(holder -> give(holder, amount));
            held.addAndGet(-amount);
            holders.clear();
            amount = 0;
        }
    }

    /** A claim to nothing so far, for which an address answers. */
    Claim claim(String address) {
        return new Claim(sharedAddresses.contains(address) ? null : address);
    }

    private boolean take(String holder, long more) {
        long most = holder.startsWith("address ")
                ? perAddress
                : holder.startsWith("all ") ? perGroup : holder.contains(" at ") ? perCallerAtAddress : perCaller;
        boolean[] fits = {true};
        byHolder.compute(holder, (key, now) -> {
            long there = now == null ? 0 : now;
            fits[0] = more == 0 || there + more <= most;
            long after = fits[0] ? there + more : there;
            return after == 0 ? null : after;
        });
        return fits[0];
    }

    private void give(String holder, long amount) {
        byHolder.computeIfPresent(holder, (key, now) -> now <= amount ? null : Long.valueOf(now - amount));
    }

    private String tooMuch(String holder) {
        return "too many " + what + " of "
                + (holder.startsWith("address ")
                        ? "this address"
                        : holder.startsWith("all ")
                                ? holder
                                : holder.contains(" at ") ? "this caller from this address" : "this caller")
                + " at this moment; the settings caller_share, address_share and group_share bound them";
    }
}
