package uz.koprik.gateway.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;
import uz.koprik.indicators.store.state.StateStore.Paper;

/**
 * The form in which a centre keeps its home, and what its gateways share on a cluster. The number rises with each
 * change that earlier versions cannot read. A version does not open what a later one has written.
 */
public final class HomeFormat {

    /** What this version writes. It reads all forms before it, too. */
    public static final long CURRENT = 2;

    private static final String PAPER = "format.json";

    private HomeFormat() {}

    /**
     * Whether this version may open a home.
     *
     * @return why not, and what to do; empty when it may
     * @throws ConfigException when the manifest is damaged
     */
    public static Optional<String> problem(HomeManifest manifest) throws IOException, ConfigException {
        long found = manifest.read()
                .map(content -> content.number(HomeManifest.FORMAT))
                .orElse(0L);
        return problem("the home " + manifest.path().getParent(), found);
    }

    /**
     * Takes note of this version in what several gateways share, unless a later one has opened it.
     *
     * @return why this version may not open it, and what to do; empty when it may
     */
    public static Optional<String> open(StateStore shared) throws StoreUnavailable {
        while (true) {
            Optional<Paper> paper = shared.read(PAPER);
            long found = paper.map(HomeFormat::number).orElse(0L);
            if (found >= CURRENT) {
                return problem("the store of this centre", found);
            }
            byte[] content = CanonicalJson.bytes(
                    JsonObject.builder().put("format", CURRENT).build());
            if (shared.replace(PAPER, paper.map(Paper::version).orElse(""), content)
                    .isPresent()) {
                return Optional.empty();
            }
        }
    }

    private static long number(Paper paper) {
        try {
            if (StrictJson.parseObject(paper.content()).get("format") instanceof JsonNumber number) {
                return number.longValue();
            }
        } catch (MalformedJson malformed) {
            throw new IllegalStateException(
                    PAPER + " of the store is not JSON: " + new String(paper.content(), StandardCharsets.UTF_8),
                    malformed);
        }
        throw new IllegalStateException(PAPER + " of the store has no number of a format");
    }

    private static Optional<String> problem(String what, long found) {
        return found <= CURRENT
                ? Optional.empty()
                : Optional.of(what + " has format " + found + ", which a later version of Koprik wrote; this one ("
                        + Version.number() + ") knows formats up to " + CURRENT
                        + ": install that version again, or restore a backup made before the upgrade");
    }
}
