package uz.koprik.gateway.intake;

import java.util.List;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.http.DecodeBudget;
import uz.koprik.indicators.stix.VersionOrder;
import uz.koprik.indicators.store.StoreUnavailable;

/** The objects of one request, submitted to {@link Intake} in parts that fit beside other requests. */
public final class IntakeBatches {

    /** Objects submitted at one time: enough for one flush to pay, few enough to fit beside other requests. */
    private static final int MOST = 1000;

    /** Bytes of their objects at most, unless one alone is longer. */
    private static final long MOST_BYTES = 1 << 20;

    private IntakeBatches() {}

    /** Gets the outcomes of a part. */
    @FunctionalInterface
    public interface BatchListener {
        void outcomes(List<Outcome> outcomes) throws StoreUnavailable;
    }

    /**
     * Submits objects in their order, but versions of one object by their times. Those that bear other markings than
     * TLP come last when there are several parts, so that their definitions are known.
     *
     * @param taken gets the outcomes of each part, when they are durable
     */
    public static void take(Intake intake, List<IncomingObject> objects, Source source, BatchListener taken)
            throws StoreUnavailable, InterruptedException {
        long all = objects.stream().mapToLong(one -> one.object().length).sum();
        List<IncomingObject> ordered = objects.size() > MOST || all > MOST_BYTES
                ? VersionOrder.ofTexts(MarkingBundles.last(objects), IncomingObject::object)
                : objects;
        for (int from = 0, to; from < ordered.size(); from = to) {
            long bytes = ordered.get(from).object().length;
            to = from + 1;
            while (to < ordered.size()
                    && to < from + MOST
                    && bytes + ordered.get(to).object().length <= MOST_BYTES) {
                bytes += ordered.get(to++).object().length;
            }
            try (DecodeBudget.Reservation _ = DecodeBudget.PROCESS.reserve(bytes)) {
                taken.outcomes(intake.take(ordered.subList(from, to), source));
            }
        }
    }
}
