package uz.koprik.gateway.centre;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a start has opened so far, so that a start that fails closes all of it. */
final class OpenParts {

    private static final Logger LOG = LoggerFactory.getLogger(OpenParts.class);

    private record Part(String name, AutoCloseable closing) {}

    private final Deque<Part> parts = new ArrayDeque<>();
    private final StartObserver observer;

    OpenParts(StartObserver observer) {
        this.observer = observer;
    }

    <T extends AutoCloseable> T add(String name, T part) {
        parts.push(new Part(name, part));
        observer.opened(name);
        return part;
    }

    /** Closes all parts, the last one first; a part that cannot be closed does not keep the others open. */
    void close() {
        while (!parts.isEmpty()) {
            Part part = parts.pop();
            try {
                part.closing().close();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            } catch (Exception failed) {
                LOG.debug("{} of a centre that did not start: not closed well", part.name(), failed);
            }
            observer.closed(part.name());
        }
    }
}
