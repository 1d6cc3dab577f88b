package uz.koprik.gateway.http;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import org.slf4j.MDC;
import uz.koprik.gateway.concurrent.ThreadPools;
import uz.koprik.gateway.tracing.RequestSpans;

/**
 * Runs the blocking part of a request on a virtual thread of its own and finishes it on the request's event loop, so
 * that handlers read straight down the page and no event loop ever waits. What is logged there carries the request id.
 */
public final class Blocking {

    private static final ExecutorService THREADS = ThreadPools.virtualPerTask("request-");

    private static final String KEY = Blocking.class.getName();

    private static final Duration RETRY = Duration.ofSeconds(5);

    private Blocking() {}

    /**
     * What a request waits for before a thread works on it.
     *
     * @param patience how long it waits before it is answered 503
     */
    record Queues(FairExecutor work, FairExecutor exchange, FairExecutor transfers, Duration patience) {}

    /** @param perCaller pieces of work of one caller at the same moment */
    static FairExecutor turns(int perCaller) {
        return new FairExecutor(THREADS, perCaller);
    }

    /** Sets the queues in which the work of {@code request} waits for its turn. */
    static void take(RoutingContext request, Queues queues) {
        request.put(KEY, queues);
    }

    /** The work of a handler: blocks as it likes, and returns what to do with the response, on the event loop. */
    @FunctionalInterface
    public interface Work {
        Runnable run(RoutingContext request) throws Exception;
    }

    /** What to do with the response, holding something that must be given back if the client has gone. */
    public interface Answer extends Runnable {
        /** Called instead of {@link #run()} when nobody waits for the response any more. */
        void drop();
    }

    /** A handler that does {@code work} on a virtual thread; what it throws fails the request. */
    public static Handler<RoutingContext> handler(Work work) {
        return request -> run(request, () -> work.run(request));
    }

    /**
     * Does one piece of work for a request, when it is the caller's turn; what it returns is run on the event loop,
     * what it throws fails the request.
     */
    public static void run(RoutingContext request, Callable<Runnable> work) {
        inTurn(request, work, Queues::work);
    }

    /** A handler that submits objects; see {@link #exchange}. */
    public static Handler<RoutingContext> submission(Work work) {
        return request -> exchange(request, () -> work.run(request));
    }

    /**
     * Does work of the exchange: pages and submissions. Each is small or mostly waits for the flush of the store, so
     * that more of them than of other work are done at once, and submissions share a flush.
     */
    public static void exchange(RoutingContext request, Callable<Runnable> work) {
        inTurn(request, work, Queues::exchange);
    }

    /** Does work that takes as long as its body or answer is large: it waits for other transfers of the caller only. */
    public static void transfer(RoutingContext request, Callable<Runnable> work) {
        inTurn(request, work, Queues::transfers);
    }

    /** Does work that waits most of its time and has a limit of its own, at once. */
    public static void attend(RoutingContext request, Callable<Runnable> work) {
        THREADS.execute(task(request, work, false));
    }

    /** A caller that leaves, or whose turn does not come, gives back its place and the body that it sent. */
    private static void inTurn(RoutingContext request, Callable<Runnable> work, Function<Queues, FairExecutor> which) {
        Queues queues = request.get(KEY);
        FairExecutor queue = which.apply(queues);
        String caller = CallerName.keyOrAddress(request);
        Runnable task = task(request, work, true);
        if (queue.run(caller, task)) {
            return;
        }
        long timer = request.vertx().setTimer(queues.patience().toMillis(), ignored -> {
            if (queue.withdraw(caller, task)) {
                request.fail(Problem.later(
                        503,
                        "Busy",
                        "other requests of this account were not finished in "
                                + queues.patience().toSeconds()
                                + " s, so that this one was not begun; wait for them or end them, and try again",
                        RETRY));
            }
        });
        request.addEndHandler(ignored -> {
            request.vertx().cancelTimer(timer);
            queue.withdraw(caller, task);
        });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what answers reports its own failures
    private static Runnable task(RoutingContext request, Callable<Runnable> work, boolean onlyIfAwaited) {
        Context eventLoop = Vertx.currentContext();
        return () -> {
            if (onlyIfAwaited && request.response().closed()) {
                return; // the caller has not waited for its turn
            }
            MDC.put(RequestId.MDC_KEY, RequestId.of(request));
            try {
                Runnable respond = RequestSpans.of(request).within(span -> work.call());
                AnswerGate.passing(request)
                        .whenComplete((passed, refusal) -> answer(
                                request, eventLoop, refusal == null ? respond : refused(request, respond, refusal)));
            } catch (Throwable failure) {
                answer(request, eventLoop, () -> request.fail(failure));
            }
        };
    }

    private static void answer(RoutingContext request, Context eventLoop, Runnable respond) {
        eventLoop.runOnContext(ignored -> {
            if (!request.response().closed()) {
                finish(request, respond);
            } else if (respond instanceof Answer answer) {
                answer.drop();
            }
        });
    }

    /** An answer that may not pass gives back what it holds. */
    private static Runnable refused(RoutingContext request, Runnable respond, Throwable refusal) {
        if (respond instanceof Answer answer) {
            answer.drop();
        }
        return () -> request.fail(AnswerGate.cause(refusal));
    }

    private static void finish(RoutingContext request, Runnable last) {
        try {
            last.run();
        } catch (RuntimeException | Error failure) { // a client waits for an answer after every failure
            request.fail(failure);
        }
    }
}
