package uz.koprik.gateway.doctor;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import uz.koprik.crypto.trust.TrustListRejected;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.gateway.centre.StartFailure;
import uz.koprik.gateway.concurrent.ThreadPools;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.feeds.PartnerProbe;
import uz.koprik.gateway.partners.PartnerSettings;

/**
 * What a partner answered from here.
 *
 * @param name of the partner
 * @param called whether this centre pulls from it or pushes to it
 * @param endpoint its address; empty when it has none
 * @param answer empty when there is no address, or when no answer came in time
 * @param asked when the answer was there, by the clock of this centre
 */
record PartnerAnswer(
        String name, boolean called, String endpoint, Optional<PartnerProbe.Answer> answer, Instant asked) {

    private static final String DISCOVERY = "/taxii2/";
    private static final String ACCEPT = "Accept: application/taxii+json;version=2.1\r\n";
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** Asks all partners at once, each on a thread of its own. */
    static List<PartnerAnswer> all(Examined examined, Duration patience)
            throws IOException, ConfigException, StartFailure, TrustListRejected {
        PartnerProbe probe = new PartnerProbe(examined.keys(), examined.clock(), patience);
        Map<String, PartnerSettings> settings = new TreeMap<>();
        examined.partners().forEach(partner -> settings.put(partner.name(), partner));
        Map<String, Callable<PartnerProbe.Answer>> questions = new TreeMap<>();
        Map<String, String> endpoints = new TreeMap<>();
        for (TrustedCentre centre : examined.trust().centres()) {
            if (centre.name().equals(examined.trust().owner())) {
                continue;
            }
            settings.putIfAbsent(centre.name(), PartnerSettings.unmentioned(centre.name()));
            endpoints.put(centre.name(), centre.endpoint());
            if (!centre.endpoint().isEmpty() && !centre.tlsPins().isEmpty()) {
                URI url = URI.create(centre.endpoint()).resolve(DISCOVERY);
                questions.put(centre.name(), () -> probe.centre(centre.name(), url, centre.tlsPins(), ACCEPT));
            }
        }
        for (PartnerSettings partner : settings.values()) {
            partner.taxii()
                    .filter(server -> !endpoints.containsKey(partner.name()))
                    .ifPresent(server -> {
                        endpoints.put(partner.name(), server.apiRoot().toString());
                        questions.put(
                                partner.name(),
                                () -> probe.ordinary(partner.name(), server.apiRoot(), server.certificates()));
                    });
        }
        Map<String, PartnerProbe.Answer> answers = ask(questions, patience);
        List<PartnerAnswer> all = new ArrayList<>();
        Instant now = examined.now();
        settings.forEach((name, partner) -> all.add(new PartnerAnswer(
                name,
                partner.pull() || partner.push(),
                endpoints.getOrDefault(name, ""),
                Optional.ofNullable(answers.get(name)),
                now)));
        return all;
    }

    private static Map<String, PartnerProbe.Answer> ask(
            Map<String, Callable<PartnerProbe.Answer>> questions, Duration patience) {
        ExecutorService threads = ThreadPools.virtualPerTask("doctor-");
        try {
            Map<String, Future<PartnerProbe.Answer>> running = new TreeMap<>();
            questions.forEach((name, question) -> running.put(name, threads.submit(question)));
            long end = System.nanoTime() + patience.plus(GRACE).toNanos();
            Map<String, PartnerProbe.Answer> answers = new TreeMap<>();
            for (Map.Entry<String, Future<PartnerProbe.Answer>> one : running.entrySet()) {
                await(one.getValue(), end).ifPresent(answer -> answers.put(one.getKey(), answer));
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    private static Optional<PartnerProbe.Answer> await(Future<PartnerProbe.Answer> answer, long end) {
        try {
            return Optional.of(answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS));
        } catch (TimeoutException late) {
            return Optional.empty();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a partner could not be asked", failed.getCause());
        }
    }

    /** By how much the clock of the partner is ahead of that of this centre; empty when it did not say. */
    Optional<Duration> ahead() {
        return answer.flatMap(PartnerProbe.Answer::date).map(date -> Duration.between(asked, date));
    }
}
