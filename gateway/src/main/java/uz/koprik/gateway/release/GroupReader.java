package uz.koprik.gateway.release;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.partners.GroupBook;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.stix.SharingGroup;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Page;
import uz.koprik.indicators.store.Provenance;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;
import uz.koprik.indicators.store.Versions;

/**
 * Keeps the {@link GroupBook} as the store has the groups: the latest version of each that its owner signed with a key
 * that proves it now. Earlier ones say who was a member. Only the owner says it, so the word of others does not count.
 */
public final class GroupReader {

    private static final Logger LOG = LoggerFactory.getLogger(GroupReader.class);
    private static final Recipient CENTRE = Recipient.Operator.ofCentre("sharing groups");
    private static final PageFilter GROUPS =
            new PageFilter(Set.of(SharingGroup.TYPE), Set.of(), Set.of(), Versions.ALL, 0, true);
    private static final int PAGE = 500;

    private final Release release;
    private final GroupBook book;
    private long read;

    public GroupReader(Release release, GroupBook book) {
        this.release = release;
        this.book = book;
    }

    /** Reads all groups; cheap, since pages step over everything else. */
    public synchronized void refresh() throws StoreUnavailable {
        List<SharingGroup> groups = new ArrayList<>();
        List<GroupBook.Version> versions = new ArrayList<>();
        Page page = new Page(List.of(), true, 0);
        while (page.more()) {
            page = release.page(CENTRE, GROUPS, page.nextAfter(), PAGE);
            for (Entry entry : page.entries()) {
                if (byOwner(entry)) {
                    SharingGroup group = group(entry);
                    versions.add(new GroupBook.Version(
                            group, Instant.EPOCH.plus(entry.facts().version(), ChronoUnit.MICROS)));
                    if (!entry.superseded()) {
                        groups.add(group);
                    }
                }
            }
        }
        read = page.nextAfter();
        book.remember(versions);
        book.replace(groups);
    }

    /** The same for periodic calls: when the store is away, what was read before stays in force. */
    public void look() {
        try {
            refresh();
        } catch (StoreUnavailable away) {
            LOG.debug("sharing groups are not read now", away);
        }
    }

    /** The same, when there is a version that was not read yet; for every batch that was stored. */
    public void news() {
        try {
            if (!release.page(CENTRE, GROUPS, read(), 1).entries().isEmpty()) {
                refresh();
            }
        } catch (StoreUnavailable away) {
            LOG.debug("sharing groups are read later", away);
        }
    }

    private synchronized long read() {
        return read;
    }

    private static boolean byOwner(Entry entry) {
        return entry.facts().provenance().origin() == Provenance.Origin.SIGNED
                && entry.facts().authority().isEmpty();
    }

    private static SharingGroup group(Entry entry) {
        try {
            return SharingGroup.read(StoredObject.stix(entry));
        } catch (InvalidObject damaged) {
            throw new IllegalStateException(
                    "the store holds a sharing group that is none: "
                            + entry.facts().id(),
                    damaged);
        }
    }
}
