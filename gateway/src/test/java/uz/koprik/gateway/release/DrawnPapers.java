package uz.koprik.gateway.release;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import uz.koprik.crypto.KnownCentre;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.gateway.agreements.SignedPapers;
import uz.koprik.gateway.intake.TestCentre;
import uz.koprik.gateway.partners.Partners;
import uz.koprik.indicators.observable.ObservableKind;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.policy.slow.SlowAgreements.Paper;

/** Agreements drawn at random that a centre and its partners really signed; several regions can have the same. */
final class DrawnPapers {

    static final List<String> PARTNERS = List.of("budapest", "seoul", "almaty", "tbilisi", "riga");

    /** All kinds of values by code, and whether they are personal. */
    static final Map<String, Boolean> KINDS = kinds();

    static final List<Tlp> CEILINGS = List.of(Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER, Tlp.AMBER_STRICT);

    /** The same for all: each new key that verifies something is prepared for it first. */
    private static final Map<String, KnownCentre> PARTIES = new LinkedHashMap<>();

    /** Which agreements name. */
    static final List<String> PURPOSES = List.of("phishing", "fraud");

    private final SignedPapers signed;

    /** Draws purposes beside everything else. */
    private final Random ofPurposes;

    private final Map<String, List<Paper>> versions = new LinkedHashMap<>();

    DrawnPapers(long seed, Path folder) throws Exception {
        Random random = DrawnRegion.random(seed);
        ofPurposes = new Random(~seed);
        signed = new SignedPapers(folder, PARTNERS, DrawnPapers::party);
        for (String name : PARTNERS) {
            versions.put(name, List.copyOf(sign(random, name)));
        }
    }

    private static KnownCentre party(String name) {
        return PARTIES.computeIfAbsent(name, any -> KnownCentre.fresh(any, SignedPapers.SIGNED));
    }

    CentreCard card(String partner) {
        return signed.card(partner);
    }

    /** An object as a partner signs it. */
    byte[] signed(String partner, byte[] object) throws MalformedJson {
        return signed.signed(partner, object);
    }

    /** All versions with a partner, for the model. */
    List<Paper> with(String partner) {
        return versions.get(partner);
    }

    /** The settings under these agreements. */
    Partners partners(Partners file, boolean required, InstantSource clock) {
        return signed.partners(file, required, clock);
    }

    private static Map<String, Boolean> kinds() {
        Map<String, Boolean> kinds = new TreeMap<>();
        Arrays.stream(ObservableKind.values()).forEach(kind -> kinds.put(kind.code(), kind.personal()));
        return kinds;
    }

    static Instant day(Random random, int from, int to) {
        return TestCentre.NOW.plus(Duration.ofHours(24L * from + random.nextInt(24 * (to - from))));
    }

    private List<Paper> sign(Random random, String name) throws Exception {
        List<Paper> versions = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            Instant from = day(random, -3, 7);
            Instant until = from.plus(Duration.ofHours(12L + random.nextInt(240)));
            Map<String, Boolean> drawn = new TreeMap<>();
            boolean most = random.nextInt(3) > 0;
            KINDS.forEach((kind, personal) ->
                    drawn.put(kind, most ? !personal || random.nextBoolean() : random.nextBoolean()));
            if (drawn.values().stream().noneMatch(Boolean::booleanValue)) {
                drawn.put("ipv4", true);
            }
            Set<String> covered = new HashSet<>();
            drawn.forEach((kind, yes) -> {
                if (yes) {
                    covered.add(kind);
                }
            });
            Tlp ceiling = DrawnWorld.pick(random, CEILINGS);
            boolean relay = random.nextBoolean();
            String purpose = DrawnWorld.pick(ofPurposes, PURPOSES);
            boolean onUse = ofPurposes.nextInt(3) == 0;
            signed.sign(name, purpose, onUse, drawn, ceiling, relay, from, until);
            versions.add(new Paper(
                    versions.size(), from, until, covered, ceiling, relay, Optional.empty(), Set.of(purpose), onUse));
            if (random.nextInt(4) == 0) {
                Instant end = day(random, -1, 8);
                signed.terminate(name, end);
                versions.replaceAll(paper ->
                        paper.endedBy(paper.terminated().filter(end::isAfter).orElse(end)));
                break;
            }
        }
        return versions;
    }
}
