package uz.koprik.gateway.exchange;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Something a thread sleeps on until somebody rings, however often; a ring while it is awake is not forgotten. */
final class Alarm {

    private final Semaphore rung = new Semaphore(0);

    void ring() {
        if (rung.availablePermits() == 0) {
            rung.release();
        }
    }

    /** Sleeps for at most {@code time}, less when somebody rings or rang since the last sleep. */
    void sleep(Duration time) throws InterruptedException {
        if (rung.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS)) {
            rung.drainPermits();
        }
    }
}
