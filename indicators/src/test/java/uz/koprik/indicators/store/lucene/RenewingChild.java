package uz.koprik.indicators.store.lucene;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import uz.koprik.indicators.policy.Agreement;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.store.Draft;
import uz.koprik.indicators.store.Drafts;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.Page;
import uz.koprik.indicators.store.Renewal;
import uz.koprik.indicators.store.Selection;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.Versions;

/**
 * The child of {@link RenewalKillTest}: renews what is due while two readers read on where they were. Objects with an
 * even number are under an embargo, which ends; the others are open, and get other terms. Each line it prints is whole
 * and a fact.
 */
final class RenewingChild {

    private static final Instant NOW = Instant.parse("2026-11-22T08:30:00Z");
    private static final ReleaseTerms OPEN = new ReleaseTerms(Tlp.GREEN, true, false, false).withKinds(Set.of());
    private static final ReleaseTerms HELD = OPEN.notBefore(NOW.plusSeconds(3600));

    /** A partner to whom nothing under the embargo is released. */
    static final Audience PARTNER = Audience.of(new Recipient.Partner("budapest", Agreement.DEFAULT), NOW);

    private static final int READ = 20;
    private static final int MOST_RENEWED = 100;

    private RenewingChild() {}

    static Draft draft(int number) {
        return Drafts.indicator(number).text("renewed").draft(before(number));
    }

    private static ReleaseTerms before(int number) {
        return isHeld(number) ? HELD : OPEN;
    }

    static ReleaseTerms after(int number) {
        return isHeld(number) ? OPEN : OPEN.withFrom("moscow");
    }

    static boolean isHeld(int number) {
        return number % 2 == 0;
    }

    static int number(Entry entry) {
        return Integer.parseInt(entry.facts().id().substring("indicator--00000000-0000-4000-8000-".length()));
    }

    /** Where a reader goes on: after a place, or after a moment in microseconds. */
    interface Reader {
        Page read(InternalStore store, long after) throws StoreUnavailable;

        /** Where it goes on after a page that has entries. */
        long next(Page page);
    }

    static final Reader BY_POSITION = new Reader() {
        @Override
        public Page read(InternalStore store, long after) throws StoreUnavailable {
            return store.page(Selection.all(PARTNER), after, READ);
        }

        @Override
        public long next(Page page) {
            return page.nextAfter();
        }
    };

    static final Reader BY_TIME = new Reader() {
        @Override
        public Page read(InternalStore store, long after) throws StoreUnavailable {
            return store.page(new Selection(PARTNER, Set.of(), Set.of(), Set.of(), Versions.LAST, after), 0, READ);
        }

        @Override
        public long next(Page page) {
            return page.entries().getLast().added();
        }
    };

    /** Arguments: directory, where the reader by position and that by time go on, whether to end. */
    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        LuceneStore store = LuceneStore.open(Path.of(args[0]));
        start(out, () -> read(store, out, "position", BY_POSITION, Long.parseLong(args[1])));
        start(out, () -> read(store, out, "time", BY_TIME, Long.parseLong(args[2])));
        renew(store, out);
        out.println("complete");
        if (Boolean.parseBoolean(args[3])) {
            Runtime.getRuntime().halt(0);
        }
        Thread.sleep(Long.MAX_VALUE);
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void start(PrintStream out, Work work) {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                work.run();
            } catch (Exception | AssertionError e) {
                out.println("failed " + e);
                e.printStackTrace(out);
                Runtime.getRuntime().halt(3);
            }
        });
    }

    private static void read(LuceneStore store, PrintStream out, String name, Reader reader, long from)
            throws Exception {
        long after = from;
        while (true) {
            Page page = reader.read(store, after);
            if (page.entries().isEmpty()) {
                Thread.sleep(1);
                continue;
            }
            after = reader.next(page);
            out.println(name + " " + after + " "
                    + page.entries().stream()
                            .map(entry -> Integer.toString(number(entry)))
                            .collect(Collectors.joining(","))
                    + " .");
        }
    }

    /** Page by page, each page in several calls. */
    private static void renew(LuceneStore store, PrintStream out) throws StoreUnavailable {
        Random random = new Random();
        int renewed = 0;
        Page page = new Page(List.of(), true, 0);
        while (page.more()) {
            page = store.page(Selection.all(Audience.HOUSEKEEPING), page.nextAfter(), 500);
            List<Renewal> due = new ArrayList<>();
            for (Entry entry : page.entries()) {
                if (entry.release().equals(before(number(entry)))) {
                    due.add(new Renewal(entry.seq(), entry.release(), after(number(entry))));
                }
            }
            for (int from = 0, to; from < due.size(); from = to) {
                to = Math.min(due.size(), from + 1 + random.nextInt(MOST_RENEWED));
                renewed += store.renew(due.subList(from, to)).size();
                out.println("renewed " + renewed);
                LockSupport.parkNanos(5_000_000); // time for the reader of this line to kill amid the renewal
            }
        }
    }

    /** Fills a store with objects 1 to {@code count}. */
    static void fill(InternalStore store, int count) throws StoreUnavailable {
        for (int from = 1; from <= count; from += 500) {
            store.append(IntStream.range(from, Math.min(from + 500, count + 1))
                    .mapToObj(RenewingChild::draft)
                    .toList());
        }
    }
}
