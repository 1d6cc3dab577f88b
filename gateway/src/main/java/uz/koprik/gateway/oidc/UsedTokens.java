package uz.koprik.gateway.oidc;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import uz.koprik.crypto.Sha256;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/** Ids of logout tokens that have served, at all gateways of the centre: each token serves once. */
final class UsedTokens {

    private static final String PAPER = "oidc-logout-tokens";

    /** More are not remembered; a provider signs out as many people in the lifetime of a token at most. */
    private static final int MOST = 10_000;

    private final StateStore papers;
    private final Duration lifetime;
    private final InstantSource clock;

    /** @param lifetime after which a token would be refused for its age */
    UsedTokens(StateStore papers, Duration lifetime, InstantSource clock) {
        this.papers = papers;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** Whether a token of that id has served. */
    boolean served(String id) throws StoreUnavailable {
        return papers.read(PAPER).map(UsedTokens::read).orElse(Map.of()).containsKey(hash(id));
    }

    /** Remembers that a token of that id has served. */
    void add(String id) throws StoreUnavailable {
        boolean written = false;
        while (!written) {
            Optional<StateStore.Paper> there = papers.read(PAPER);
            Map<String, Instant> used = there.map(UsedTokens::read).orElseGet(LinkedHashMap::new);
            Instant now = clock.instant();
            used.values().removeIf(at -> at.plus(lifetime).isBefore(now));
            while (used.size() >= MOST) {
                used.remove(used.keySet().iterator().next());
            }
            used.put(hash(id), now);
            written = papers.replace(PAPER, there.map(StateStore.Paper::version).orElse(""), write(used))
                    .isPresent();
        }
    }

    private static String hash(String id) {
        return Sha256.hex(Sha256.of(id.getBytes(StandardCharsets.UTF_8)));
    }

    private static Map<String, Instant> read(StateStore.Paper paper) {
        Map<String, Instant> used = new LinkedHashMap<>();
        new String(paper.content(), StandardCharsets.US_ASCII)
                .lines()
                .map(line -> line.split(" ", 2))
                .forEach(line -> used.put(line[0], Instant.parse(line[1])));
        return used;
    }

    private static byte[] write(Map<String, Instant> used) {
        return used.entrySet().stream()
                .map(entry -> entry.getKey() + ' ' + entry.getValue() + '\n')
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.US_ASCII);
    }
}
