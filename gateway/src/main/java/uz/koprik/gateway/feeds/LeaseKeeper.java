package uz.koprik.gateway.feeds;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.lease.Lease;
import uz.koprik.indicators.store.lease.LeaseLost;

/**
 * State in the lease of the partner, which all gateways of the centre see: the holder of the lease has the state with
 * it, and a gateway that lost the lease cannot write any more.
 */
final class LeaseKeeper implements StateKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

    private final Lease lease;
    private final FileKeeper before;

    /**
     * @param before where a gateway kept it before there were leases, or in a backup; read as long as the lease holds
     *     nothing
     */
    LeaseKeeper(Lease lease, FileKeeper before) {
        this.lease = lease;
        this.before = before;
    }

    @Override
    public Optional<byte[]> read() {
        if (lease.content().isEmpty()) {
            try {
                lease.look();
            } catch (StoreUnavailable away) {
                LOG.debug("the state of an exchange is not known now", away);
            }
        }
        return lease.content()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .or(before::read);
    }

    @Override
    public void write(byte[] state) throws StoreUnavailable {
        lease.write(new String(state, StandardCharsets.UTF_8));
    }

    @Override
    public void requireOurs() throws LeaseLost {
        lease.requireHeld();
    }

    @Override
    public boolean ours() {
        return lease.held();
    }

    @Override
    public Optional<String> runner() {
        return lease.runner();
    }

    @Override
    public String place() {
        return "lease in the store";
    }
}
