package uz.koprik.gateway.api.transfer;

import java.util.ArrayList;
import java.util.List;
import uz.koprik.gateway.intake.IncomingObject;
import uz.koprik.indicators.stix.VersionOrder;

/**
 * The objects of one file that seem to have earlier versions, which may stand further back in it: taken in first they
 * would make those out of date. For one thread.
 */
final class LaterVersions {

    /** Most that is held back, in bytes; then it is taken in, and collecting begins anew. */
    private static final long MOST = 32L << 20;

    private List<IncomingObject> waiting = new ArrayList<>();
    private long bytes;

    /** The objects of a batch that need not wait. */
    List<IncomingObject> withoutLater(List<IncomingObject> batch) {
        List<IncomingObject> now = new ArrayList<>(batch.size());
        for (IncomingObject one : batch) {
            if (VersionOrder.mayBeLater(one.object())) {
                waiting.add(one);
                bytes += one.object().length;
            } else {
                now.add(one);
            }
        }
        return now;
    }

    /** Whether no more should be held back. */
    boolean full() {
        return bytes >= MOST;
    }

    /** Hands over what waited, with {@code others} after it; the versions of each object by their times. */
    List<IncomingObject> release(List<IncomingObject> others) {
        List<IncomingObject> released = waiting;
        released.addAll(others);
        waiting = new ArrayList<>();
        bytes = 0;
        return VersionOrder.ofTexts(released, IncomingObject::object);
    }
}
