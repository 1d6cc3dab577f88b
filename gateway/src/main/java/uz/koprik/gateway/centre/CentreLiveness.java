package uz.koprik.gateway.centre;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.concurrent.ThreadPools;
import uz.koprik.gateway.health.HealthListener;
import uz.koprik.gateway.http.EventLoops;
import uz.koprik.gateway.trouble.HealthTrouble;
import uz.koprik.indicators.wording.Sentence;

/**
 * Whether a restart would help: event loops and virtual threads run, and the process does not end just now. A full disk
 * or an absent cluster is a matter of {@link CentreReadiness}, since a restart does not cure it.
 */
final class CentreLiveness implements HealthListener.Liveness {

    private final EventLoops loops;
    private final CentreThreads threads;
    private final Duration silence;
    /** When a virtual thread last ran, and whether the next one is on its way. */
    private volatile long ran = System.nanoTime();

    private volatile boolean asked;

    /** @param silence what does not answer for this time hangs */
    CentreLiveness(EventLoops loops, CentreThreads threads, Duration silence) {
        this.loops = loops;
        this.threads = threads;
        this.silence = silence;
    }

    @Override
    public void beat() {
        loops.beat();
        if (!asked) {
            asked = true;
            ThreadPools.virtualOnce("health-beat", () -> {
                ran = System.nanoTime();
                asked = false;
            });
        }
    }

    @Override
    public List<String> troubles() {
        List<String> troubles = new ArrayList<>();
        loops.silent(silence).map(Sentence::text).ifPresent(troubles::add);
        Optional.of("the threads that serve requests do not run")
                .filter(words -> System.nanoTime() - ran > silence.toNanos())
                .ifPresent(troubles::add);
        if (threads.ending()) {
            troubles.add(HealthTrouble.PROCESS_ENDS.english());
        }
        return troubles;
    }
}
