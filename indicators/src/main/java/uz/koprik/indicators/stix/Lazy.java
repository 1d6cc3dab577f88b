package uz.koprik.indicators.stix;

import java.util.function.Supplier;

/** A value computed on first use. Threads that race may compute it more than once, but all see an equal one. */
final class Lazy<T> {

    private final Supplier<T> compute;
    private volatile T value;

    Lazy(Supplier<T> compute) {
        this.compute = compute;
    }

    T get() {
        T known = value;
        if (known == null) {
            known = compute.get();
            value = known;
        }
        return known;
    }
}
