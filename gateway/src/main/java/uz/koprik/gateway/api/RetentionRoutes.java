package uz.koprik.gateway.api;

import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import uz.koprik.gateway.accessrecord.AccessNotes;
import uz.koprik.gateway.api.acts.SecondPerson;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.JsonBodies;
import uz.koprik.gateway.api.common.ObjectIds;
import uz.koprik.gateway.api.common.Reasons;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.retention.DueObject;
import uz.koprik.gateway.retention.ErasureBatch;
import uz.koprik.gateway.retention.LegalHold;
import uz.koprik.gateway.retention.NotErased;
import uz.koprik.gateway.retention.ObjectRetention;
import uz.koprik.gateway.retention.RetentionRun;
import uz.koprik.gateway.retention.RuleWords;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * {@code /api/retention} and {@code /api/erasures}: what is due and by which rule, what was erased, and erasure itself.
 */
public final class RetentionRoutes implements Routes {

    private static final int MOST_OBJECTS = 1000;
    private static final int MOST_LISTED = 1000;
    private static final int MOST_RUNS = 30;
    private static final int MOST_BATCHES = 100;
    private static final int MOST_OF_BATCH = 100;
    private static final int MOST_DAYS = 3650;
    private static final int LONGEST_REASON = 500;

    private final ObjectRetention retention;
    private final AnalystServices services;
    private final SecondPerson secondPerson;

    /** @param secondPerson confirms what erases, when the settings say so */
    public RetentionRoutes(ObjectRetention retention, AnalystServices services, SecondPerson secondPerson) {
        this.retention = retention;
        this.services = services;
        this.secondPerson = secondPerson;
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/retention", "days").handler(Blocking.handler(this::report));
        router.post("/api/retention").handler(Blocking.handler(secondPerson.of(this::run)));
        router.get("/api/erasures").handler(Blocking.handler(this::erasures));
        router.post("/api/erasures").handler(Blocking.handler(request -> {
            Order order = order(request); // a faulty one waits for nobody
            return secondPerson.of(again -> erase(again, order)).run(request);
        }));
    }

    /** What is due; the schema {@code RetentionReport}. */
    record ReportView(
            String at,
            int days,
            long due,
            long later,
            long held,
            List<RuleView> rules,
            List<DueView> objects,
            boolean more,
            List<RunView> runs) {}

    /** How many objects a rule ends; the schema {@code RetentionRule}. */
    record RuleView(String rule, String ruleCode, Map<String, String> ruleDetails, long due, long later, long held) {

        static RuleView of(String rule, long due, long later, long held) {
            RuleWords words = RuleWords.of(rule);
            return new RuleView(rule, words.code(), words.details(), due, later, held);
        }
    }

    /** An object whose time ends; the schema {@code DueObject}. */
    record DueView(
            String id,
            String type,
            String received,
            String due,
            String rule,
            String ruleCode,
            Map<String, String> ruleDetails,
            String hold,
            String holdCase) {}

    /** What a run erased; the schema {@code RetentionRun}. */
    record RunView(
            String by,
            String begun,
            String ended,
            long erased,
            Map<String, Long> rules,
            List<ByRuleView> byRule,
            long held) {

        static RunView of(RetentionRun run) {
            TreeMap<String, Long> erased = new TreeMap<>(run.erased());
            return new RunView(
                    run.by().isEmpty() ? null : run.by(),
                    run.begun().toString(),
                    run.ended().toString(),
                    run.total(),
                    erased,
                    erased.entrySet().stream()
                            .map(rule -> ByRuleView.of(rule.getKey(), rule.getValue()))
                            .toList(),
                    run.held());
        }
    }

    /** How many objects a run erased by one rule; the schema {@code ErasedByRule}. */
    record ByRuleView(String rule, String ruleCode, Map<String, String> ruleDetails, long erased) {

        static ByRuleView of(String rule, long erased) {
            RuleWords words = RuleWords.of(rule);
            return new ByRuleView(rule, words.code(), words.details(), erased);
        }
    }

    private Runnable report(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.of(request);
        int days = days(request.request().getParam("days"));
        ObjectRetention.Report report = retention.report(days);
        List<DueObject> all = report.due();
        Map<String, List<DueObject>> byRule = all.stream()
                .collect(Collectors.groupingBy(one -> one.due().rule().words(), TreeMap::new, Collectors.toList()));
        List<RuleView> rules = new ArrayList<>();
        byRule.forEach(
                (rule, some) -> rules.add(RuleView.of(rule, due(report, some), later(report, some), held(some))));
        List<DueView> objects = new ArrayList<>();
        for (DueObject one : all.subList(0, Math.min(all.size(), MOST_LISTED))) {
            objects.add(view(caller, one));
        }
        AccessNotes.of(request).answers(objects.size());
        return ApiJson.reply(
                request,
                200,
                new ReportView(
                        report.at().toString(),
                        days,
                        due(report, all),
                        later(report, all),
                        held(all),
                        rules,
                        objects,
                        all.size() > objects.size(),
                        retention.runs(MOST_RUNS).stream().map(RunView::of).toList()));
    }

    private static int days(String text) {
        try {
            int days = text == null ? 30 : Integer.parseInt(text);
            if (days >= 0 && days <= MOST_DAYS) {
                return days;
            }
        } catch (NumberFormatException wrong) {
            throw ApiJson.bad("\"days\" is a number from 0 to " + MOST_DAYS);
        }
        throw ApiJson.bad("\"days\" is a number from 0 to " + MOST_DAYS);
    }

    private static long due(ObjectRetention.Report report, List<DueObject> some) {
        return some.stream()
                .filter(one -> one.due().by(report.at()) && one.hold().isEmpty())
                .count();
    }

    private static long later(ObjectRetention.Report report, List<DueObject> some) {
        return some.stream()
                .filter(one -> !one.due().by(report.at()) && one.hold().isEmpty())
                .count();
    }

    private static long held(List<DueObject> some) {
        return some.stream().filter(one -> one.hold().isPresent()).count();
    }

    private DueView view(Caller caller, DueObject one) throws StoreUnavailable {
        RuleWords words = RuleWords.of(one.due().rule().words());
        Optional<LegalHold> hold = one.hold();
        return new DueView(
                one.id(),
                one.type(),
                one.received().toString(),
                one.due().at().toString(),
                one.due().rule().words(),
                words.code(),
                words.details(),
                hold.isPresent() ? words(caller, hold.get()) : null,
                hold.isPresent() && knows(caller, hold.get()) ? hold.get().number() : null);
    }

    private boolean knows(Caller caller, LegalHold hold) throws StoreUnavailable {
        return services.release().latest(caller.recipient(), hold.caseId()).isPresent();
    }

    /** Names the case to those who may know of it. */
    private String words(Caller caller, LegalHold hold) throws StoreUnavailable {
        return knows(caller, hold) ? "the legal hold of case " + hold.number() : "a legal hold";
    }

    private Runnable run(RoutingContext request) throws StoreUnavailable, IOException {
        RetentionRun run = retention.run(Callers.of(request).name());
        AccessNotes.of(request).answers(run.total());
        return ApiJson.reply(request, 200, RunView.of(run));
    }

    /** The schema {@code ErasureOrder}. */
    record Order(List<String> ids, String reason) {}

    /** What was erased together; the schema {@code ErasureBatch}. */
    record BatchView(
            String at,
            String rule,
            String ruleCode,
            Map<String, String> ruleDetails,
            String by,
            int count,
            List<String> ids,
            boolean more,
            boolean done) {}

    /** The last ones; the schema {@code Erasures}. */
    record ErasureList(List<BatchView> erasures) {}

    private Runnable erasures(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.of(request);
        List<BatchView> views = new ArrayList<>();
        for (ObjectRetention.ErasedSome some : retention.erasures(MOST_BATCHES, MOST_OF_BATCH)) {
            views.add(view(caller, some.batch(), some.count()));
        }
        return ApiJson.reply(request, 200, new ErasureList(views));
    }

    /** With the ids of those objects that the caller could have seen. */
    private BatchView view(Caller caller, ErasureBatch batch, int count) throws StoreUnavailable {
        List<String> ids = new ArrayList<>();
        for (String id : batch.objects()) {
            if (services.release().erasure(caller.recipient(), id).isPresent()) {
                ids.add(id);
            }
        }
        RuleWords words = RuleWords.of(batch.rule());
        return new BatchView(
                batch.at().toString(),
                batch.rule(),
                words.code(),
                words.details(),
                batch.by(),
                count,
                ids,
                batch.objects().size() < count,
                batch.done());
    }

    private Order order(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.of(request);
        Order form = ApiJson.read(JsonBodies.bytes(request), Order.class);
        List<String> ids = ObjectIds.read(form.ids(), MOST_OBJECTS);
        for (int i = 0; i < ids.size(); i++) {
            if (services.release().latest(caller.recipient(), ids.get(i)).isEmpty()
                    && services.release()
                            .erasure(caller.recipient(), ids.get(i))
                            .isEmpty()
                    && !services.release().holds(caller.recipient(), ids.get(i))) {
                throw new Problem(404, "Not found", "there is no object " + ids.get(i) + " here (/ids/" + i + ")");
            }
        }
        return new Order(
                ids, Reasons.line(form.reason(), LONGEST_REASON, "name the order; it stays in place of the objects"));
    }

    private Runnable erase(RoutingContext request, Order order) throws StoreUnavailable, IOException {
        Caller caller = Callers.of(request);
        ErasureBatch batch;
        try {
            batch = retention.order(order.ids(), "order: " + order.reason(), caller.name());
        } catch (NotErased refused) {
            Optional<LegalHold> hold = refused.hold();
            if (hold.isPresent()) {
                throw new Problem(
                        409,
                        "Legal hold",
                        words(caller, hold.get()) + " stops the erasure of " + refused.getMessage()
                                + "; nothing was erased");
            }
            throw new Problem(409, "Not possible", refused.getMessage() + "; nothing was erased");
        }
        AccessNotes.of(request).answers(batch.objects().size());
        return ApiJson.reply(request, 201, view(caller, batch, batch.objects().size()));
    }
}
