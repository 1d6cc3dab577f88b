package uz.koprik.gateway.doctor;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.FeedSource;
import uz.koprik.gateway.config.FileStateStore;
import uz.koprik.gateway.feeds.FeedPositions;
import uz.koprik.gateway.feeds.PartnerState;
import uz.koprik.gateway.partners.PartnerSettings;
import uz.koprik.gateway.sources.SourceStates;
import uz.koprik.indicators.store.StoreUnavailable;

/** The exchange with partners and the feeds of others went well at the last try. */
final class FeedCheck implements DoctorCheck {

    @Override
    public String what() {
        return "feeds";
    }

    @Override
    public List<Finding> look(Examined examined) throws IOException, ConfigException, StoreUnavailable {
        if (!examined.ownStore()) {
            return List.of(Finding.ok(
                    what(),
                    "their state is in the cluster: see `koprik partner status` and `koprik feed list` while the centre"
                            + " runs"));
        }
        List<Finding> found = new ArrayList<>();
        Map<String, PartnerState.Memory> memories =
                FeedPositions.memories(examined.home().state());
        for (PartnerSettings partner : examined.partners()) {
            PartnerState.Memory memory = memories.get(partner.name());
            if (memory != null && partner.pull()) {
                direction("pull from " + partner.name(), memory.in(), found);
            }
            if (memory != null && partner.push()) {
                direction("push to " + partner.name(), memory.out(), found);
            }
        }
        FileStateStore state = new FileStateStore(examined.home().state());
        for (FeedSource source : examined.config().feeds().sources()) {
            Optional<SourceStates.Failure> failure = SourceStates.failure(state, source.name());
            failure.ifPresent(one -> found.add(Finding.warning(
                    "feed " + source.name(),
                    "is not read since " + one.since() + ": " + one.error(),
                    one.waits()
                            ? "if the feed is right, run `koprik feed accept " + source.name() + "`"
                            : "mend that, and run `koprik feed run " + source.name() + "`")));
        }
        if (found.isEmpty()) {
            found.add(Finding.ok(what(), "none of them failed at the last try"));
        }
        return found;
    }

    private static void direction(String what, PartnerState.Direction direction, List<Finding> found) {
        if (!direction.error().isEmpty()) {
            found.add(Finding.warning(
                    what,
                    "fails" + direction.errorSince().map(at -> " since " + at).orElse("") + ": " + direction.error(),
                    "see `koprik partner status`; the feed goes on by itself within "
                            + Duration.ofMinutes(5).toMinutes() + " minutes after the cause is gone"));
        }
    }
}
