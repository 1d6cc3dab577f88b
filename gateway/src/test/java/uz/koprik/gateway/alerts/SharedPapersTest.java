package uz.koprik.gateway.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import uz.koprik.gateway.alerts.log.AlertLogTest;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.CursorCodec;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.auth.Source;
import uz.koprik.indicators.policy.CaseUnits;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.store.state.MemoryStateStore;

/** What several gateways write into the same papers: neither loses what the other wrote. */
final class SharedPapersTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);

    private final MemoryStateStore stateStore = new MemoryStateStore();

    private static DeliveryPosition fresh(long sent) {
        return new DeliveryPosition(sent, sent, DAY, List.of(), Optional.empty(), List.of());
    }

    private static Subscription subscription() {
        return new Subscription(
                UUID.randomUUID(),
                "anna",
                AlertLogTest.NOW,
                AlertLogTest.NOW,
                "",
                new AlertFilter(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), 0),
                Optional.empty(),
                true,
                true);
    }

    @Test
    void howFarASubscriptionWasServedNeverGoesBack() throws Exception {
        UUID id = UUID.randomUUID();
        DeliveryRecord slow = DeliveryRecord.open(stateStore, id, fresh(1));
        DeliveryRecord next = DeliveryRecord.open(stateStore, id, fresh(5));
        assertEquals(1, next.now().sent(), "the first to open it begins");
        DeliveryPosition.Dead letter =
                new DeliveryPosition.Dead(UUID.randomUUID(), "2", AlertLogTest.NOW, "answered 500");
        next.change(one -> one.withSent(2).withDead(letter));
        next.change(one -> one.withSent(3));
        // Its delivery was on its way when the other took over.
        slow.change(one -> one.withSent(2));
        assertEquals(3, slow.now().sent());
        assertEquals(List.of(letter), slow.now().dead());
        next.change(one -> one.withSent(4));
        assertEquals(4, DeliveryRecord.look(stateStore, id).orElseThrow().sent());
        assertEquals(
                List.of(letter),
                DeliveryRecord.look(stateStore, id).orElseThrow().dead());
    }

    @Test
    void whatWasRemovedElsewhereIsNotWrittenAgain() throws Exception {
        UUID id = UUID.randomUUID();
        DeliveryRecord served = DeliveryRecord.open(stateStore, id, fresh(1));
        DeliveryRecord.remove(stateStore, id);
        served.change(one -> one.withSent(2));
        served.change(one -> one.withSent(3));
        assertEquals(Optional.empty(), DeliveryRecord.look(stateStore, id));
    }

    @Test
    void subscriptionsMadeAtTheSameTimeAreAllThere() throws Exception {
        Subscriptions one = Subscriptions.open(stateStore);
        Subscriptions two = Subscriptions.open(stateStore);
        Set<UUID> made = new HashSet<>();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                Subscription fresh = subscription();
                made.add(fresh.id());
                Subscriptions at = i % 2 == 0 ? one : two;
                all.add(pool.submit(() -> {
                    at.add(fresh);
                    return true;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
        assertEquals(
                made, new HashSet<>(one.all().stream().map(Subscription::id).toList()));
        UUID gone = made.iterator().next();
        two.remove(gone);
        assertEquals(Optional.empty(), one.find(gone), "at once");
        assertEquals(59, two.count());
        stateStore.replace(
                "alerts/subscriptions.json",
                stateStore.read("alerts/subscriptions.json").orElseThrow().version(),
                new byte[] {'['});
        assertThrows(IOException.class, () -> Subscriptions.open(stateStore));
    }

    @Test
    void aMarkOfOneGatewayIsReadByTheOther() throws Exception {
        Caller anna = new Caller(
                "anna",
                Set.of(Right.CASES, Right.ANALYSE),
                new Recipient.Analyst("anna", CaseUnits.of(Set.of("fraud"))),
                new Source.Account("anna", true));
        CursorCodec one = CursorCodec.open(stateStore, "alerts/marks.key", CursorCodec.Of.ALERTS);
        CursorCodec two = CursorCodec.open(stateStore, "alerts/marks.key", CursorCodec.Of.ALERTS);
        assertEquals(Optional.of(7L), two.read(anna, one.write(anna, 7)));
        assertEquals(Optional.of(0L), one.read(anna, two.write(anna, 0)));
    }
}
