package uz.koprik.gateway.upkeep;

import java.util.List;
import uz.koprik.gateway.alerts.log.Notice;
import uz.koprik.gateway.desk.DeskItem;
import uz.koprik.gateway.release.ReleaseDesk;
import uz.koprik.indicators.store.StoreUnavailable;

/** Says that something waits at the release desk: one notice per item that is the oldest. */
public final class DeskWatch {

    private final String centre;
    private final ReleaseDesk desk;

    /** @param centre name of this centre */
    public DeskWatch(String centre, ReleaseDesk desk) {
        this.centre = centre;
        this.desk = desk;
    }

    /** What holds now. */
    public List<Notice> notices() throws StoreUnavailable {
        List<DeskItem> waiting = desk.waiting();
        if (waiting.isEmpty()) {
            return List.of();
        }
        DeskItem oldest = waiting.getFirst();
        return List.of(Notice.lasting(
                Notice.Kind.RELEASE,
                "release-desk",
                centre,
                oldest.at(),
                "what " + oldest.by() + " submitted waits for a second person, until " + desk.until(oldest),
                "look at it by `koprik release show " + oldest.id() + "`, and approve or refuse it"));
    }
}
