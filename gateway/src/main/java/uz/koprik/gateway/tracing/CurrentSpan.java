package uz.koprik.gateway.tracing;

/** The span of the work that a thread does. */
final class CurrentSpan {

    static final ScopedValue<Span> VALUE = ScopedValue.newInstance();

    private CurrentSpan() {}
}
