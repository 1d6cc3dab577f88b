package uz.koprik.gateway.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the answer to a request back until something has been done, such as a durable entry in a record.
 * {@link Blocking} passes it before each answer and {@link Errors} before each refusal. Answers that are written in
 * parts pass it before their first byte. An answer that nobody let pass is cut off.
 */
public final class AnswerGate {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerGate.class);
    private static final String KEY = AnswerGate.class.getName();

    private final Guard guard;
    private volatile boolean open;

    private AnswerGate(Guard guard) {
        this.guard = guard;
    }

    /** What must be done before an answer leaves. */
    @FunctionalInterface
    public interface Guard {

        /**
         * Begins it. Does not block. May be called again.
         *
         * @param status HTTP status of a refusal; 0 for an answer
         * @return when it is done; fails with a {@link Problem}, which becomes the answer, when it cannot be
         */
        CompletableFuture<?> pass(int status);
    }

    /** Sets what must be done before {@code request} is answered. */
    public static void set(RoutingContext request, Guard guard) {
        AnswerGate gate = new AnswerGate(guard);
        request.put(KEY, gate);
        request.addHeadersEndHandler(ignored -> {
            if (!gate.open) {
                LOG.error(
                        "{} {} answers before its gate is passed; the connection is closed",
                        request.request().method(),
                        RequestPath.of(request));
                request.request().connection().close();
            }
        });
    }

    /**
     * Lets an answer pass. Blocks.
     *
     * @throws Problem when it may not
     */
    public static void pass(RoutingContext request) {
        try {
            passing(request).join();
        } catch (CompletionException failed) {
            throw cause(failed) instanceof Problem problem ? problem : failed;
        }
    }

    /** Lets an answer pass. Does not block; what is returned fails with a {@link Problem} when it may not. */
    static CompletableFuture<?> passing(RoutingContext request) {
        AnswerGate gate = request.get(KEY);
        return gate == null ? CompletableFuture.completedFuture(null) : gate.pass(0);
    }

    private CompletableFuture<?> pass(int status) {
        CompletableFuture<?> done;
        try {
            done = guard.pass(status);
        } catch (RuntimeException failure) {
            done = CompletableFuture.failedFuture(failure);
        }
        // Its refusal is an answer without content.
        return done.whenComplete((nothing, failure) -> open = true);
    }

    /** What made a stage fail. */
    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** Lets a refusal pass. Does not block; calls {@code answer} on the event loop, with the problem to report. */
    @SuppressWarnings("FutureReturnValueIgnored") // it ends on the event loop, which reports failures
    static void refuse(RoutingContext request, Problem problem, Consumer<Problem> answer) {
        AnswerGate gate = request.get(KEY);
        if (gate == null) {
            answer.accept(problem);
            return;
        }
        Context eventLoop = Vertx.currentContext();
        gate.pass(problem.status()).whenComplete((done, failure) -> {
            Problem reported = failure == null ? problem : instead(failure);
            eventLoop.runOnContext(ignored -> answer.accept(reported));
        });
    }

    private static Problem instead(Throwable failure) {
        if (cause(failure) instanceof Problem problem) {
            return problem;
        }
        LOG.error("the gate of an answer failed", failure);
        return new Problem(500, "Internal error", "something went wrong here");
    }
}
