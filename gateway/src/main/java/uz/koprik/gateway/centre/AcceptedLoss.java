package uz.koprik.gateway.centre;

import java.io.IOException;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.trust.Secrets;
import uz.koprik.gateway.alerts.log.AlertPosition;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.config.HomeManifest;
import uz.koprik.gateway.config.LineFile;
import uz.koprik.gateway.config.SecretFile;
import uz.koprik.gateway.feeds.FeedPositions;
import uz.koprik.gateway.sources.FeedSources;
import uz.koprik.indicators.store.journal.DamagedJournal;
import uz.koprik.indicators.store.journal.LossPolicy;

/**
 * Lets a centre go on though entries are lost, because an operator said so ({@code koprik serve --accept-loss}). New
 * entries get the numbers of lost ones, so that nothing may remember those: positions of feeds and alerts go back,
 * cursors handed out are void.
 */
final class AcceptedLoss implements LossPolicy {

    private static final Logger LOG = LoggerFactory.getLogger(AcceptedLoss.class);

    private final Home home;
    private final InstantSource clock;

    AcceptedLoss(Home home, InstantSource clock) {
        this.home = home;
        this.clock = clock;
    }

    /** What happens when a loss is found. */
    static LossPolicy policy(Home home, boolean accept, InstantSource clock) {
        return accept ? new AcceptedLoss(home, clock) : LossPolicy.REFUSE;
    }

    @Override
    public void found(DamagedJournal damage) throws IOException {
        record(damage.file() + " at byte " + damage.offset(), damage.what(), damage.kept(), damage.acknowledged());
        new HomeManifest(home).open(); // it must not hold the positions against what they were at the last stop
        FeedPositions.rewind(home.state(), damage.kept());
        AlertPosition.rewind(home.state(), damage.kept());
        FeedSources.compareAgain(home.state());
    }

    /**
     * Records a loss durably, and makes cursors and numbers of lost entries void.
     *
     * @param kept the last entry that is left
     * @param known the last entry that is known to have been there
     */
    void record(String place, String what, long kept, long known) throws IOException {
        String who = System.getProperty("user.name", "");
        String line = CanonicalJson.text(JsonObject.builder()
                        .put("time", clock.instant().toString())
                        .put("accepted_by", who)
                        .put("place", place)
                        .put("what", what)
                        .put("kept_up_to", kept)
                        .put("known_up_to", known)
                        .build())
                + "\n";
        LineFile.append(home.losses(), line);
        LOG.error(
                "loss accepted by {}: {}: {}. Entries up to {} are left, {} were known; recorded in {}",
                who,
                place,
                what,
                kept,
                known,
                home.losses());
        HomeManifest manifest = new HomeManifest(home);
        manifest.change("keys/cursor.key", () -> SecretFile.replace(home.cursorKey(), Secrets.randomBytes(16)));
        manifest.lower(HomeManifest.STORE_SEQ, kept);
    }
}
