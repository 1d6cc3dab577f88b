package uz.koprik.gateway.recalls;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import uz.koprik.gateway.intake.Intake;
import uz.koprik.gateway.partners.LiveTrust;
import uz.koprik.gateway.release.Release;
import uz.koprik.indicators.stix.Recall;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.MemoryStateStore;

/** The recalls of a centre without exchange: its book, and its desk for what it recalls by itself. */
public final class TestRecalls {

    private final RecallBook book;
    private final RecallDesk desk;

    public TestRecalls(Intake intake, Release release, LiveTrust trust, InstantSource clock) {
        book = new RecallBook(new MemoryStateStore(), trust::list, clock);
        RecallReach reach = new RecallReach(List::of, trust, clock);
        RecallKeeper keeper = new RecallKeeper(book, reach, intake, intake.localCentre(), () -> {});
        desk = new RecallDesk(book, keeper, release, intake.localCentre(), () -> {});
        intake.closedBy(book);
    }

    public RecallBook book() {
        return book;
    }

    public RecallDesk desk() {
        return desk;
    }

    /** Notes a recall by the producer of an object, and does nothing else. */
    public void note(Recall recall, StixObject signed) throws StoreUnavailable, DamagedRecalls {
        book.add(new RecallRecord(signed, recall, book.now(), "", List.of(), List.of(), Map.of()));
    }
}
