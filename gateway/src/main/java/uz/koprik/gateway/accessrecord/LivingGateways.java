package uz.koprik.gateway.accessrecord;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/** The gateways of a centre that have a record: a paper each, with its name and when it lived last. */
final class LivingGateways {

    private static final Logger LOG = LoggerFactory.getLogger(LivingGateways.class);

    private static final String FOLDER = "access/gateways/";
    private static final Duration BEAT = Duration.ofMinutes(1);

    /** After this long without a beat a gateway is taken for gone. Clocks of gateways differ. */
    private static final Duration SILENCE = Duration.ofMinutes(5);

    private final StateStore papers;
    private final String name;
    private final Duration keep;
    private final InstantSource clock;
    private Instant beaten = Instant.EPOCH;

    /**
     * @param name of this gateway
     * @param keep how long a gateway that is gone counts as one of the centre
     */
    LivingGateways(StateStore papers, String name, Duration keep, InstantSource clock) {
        this.papers = papers;
        this.name = name;
        this.keep = keep;
        this.clock = clock;
    }

    /**
     * Another gateway of the centre.
     *
     * @param living whether it said so lately
     */
    record Other(String name, boolean living) {}

    /** The other gateways of the centre. */
    List<Other> others() throws StoreUnavailable {
        List<Other> others = new ArrayList<>();
        for (StateStore.Paper paper : papers.read(papers.names(FOLDER))) {
            try {
                JsonObject json = StrictJson.parseObject(paper.content());
                Instant seen = Instant.parse(json.string("seen").orElse(""));
                String gateway = json.string("name").orElse("");
                if (seen.isBefore(clock.instant().minus(keep))) {
                    papers.remove(paper.name());
                } else if (!gateway.equals(name)) {
                    others.add(new Other(gateway, seen.isAfter(clock.instant().minus(SILENCE))));
                }
            } catch (MalformedJson | DateTimeException damaged) {
                LOG.warn("{} is damaged and removed", paper.name());
                papers.remove(paper.name());
            }
        }
        return others;
    }

    /**
     * Says that this gateway lives, when it did not lately.
     *
     * @return whether it said so now
     */
    boolean beat() throws StoreUnavailable {
        if (clock.instant().isBefore(beaten.plus(BEAT))) {
            return false;
        }
        String paper = FOLDER + hex(name) + ".json";
        byte[] content = CanonicalJson.bytes(JsonObject.builder()
                .put("name", name)
                .put("seen", clock.instant().toString())
                .build());
        papers.replace(paper, papers.read(paper).map(StateStore.Paper::version).orElse(""), content);
        beaten = clock.instant();
        return true;
    }

    /** A name in letters that the name of a paper may have. */
    static String hex(String gateway) {
        return HexFormat.of().formatHex(gateway.getBytes(StandardCharsets.UTF_8));
    }
}
