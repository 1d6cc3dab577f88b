package uz.koprik.gateway.tracing;

import java.util.Optional;

/** See {@link Span#NONE}. */
final class NoSpan implements Span {

    @Override
    public boolean recorded() {
        return false;
    }

    @Override
    public <R, X extends Exception> R during(String name, Work<R, X> work) throws X {
        return work.run(this);
    }

    @Override
    public <R, X extends Exception> R within(Work<R, X> work) throws X {
        return work.run(this);
    }

    @Override
    public Span with(String attribute, String value) {
        return this;
    }

    @Override
    public Span with(String attribute, long value) {
        return this;
    }

    @Override
    public void object(String id, String outcome, long seq) {
        // Not recorded.
    }

    @Override
    public Optional<String> header() {
        return Optional.empty();
    }

    @Override
    public Span failed() {
        return this;
    }

    @Override
    public void end() {
        // Not recorded.
    }
}
