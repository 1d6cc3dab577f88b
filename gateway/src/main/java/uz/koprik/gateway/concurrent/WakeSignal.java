package uz.koprik.gateway.concurrent;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Something a thread sleeps on until somebody rings, however often; a ring while it is awake is not forgotten. */
public final class WakeSignal {

    private final Semaphore rung = new Semaphore(0);

    public void ring() {
        if (rung.availablePermits() == 0) {
            rung.release();
        }
    }

    /** Sleeps for at most {@code time}, less when somebody rings or rang since the last sleep. */
    public void sleep(Duration time) throws InterruptedException {
        if (rung.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS)) {
            rung.drainPermits();
        }
    }
}
