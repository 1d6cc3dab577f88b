package uz.koprik.gateway.api;

import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import uz.koprik.crypto.trust.TrustedCentre;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.JsonBodies;
import uz.koprik.gateway.api.common.TlpParam;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.gateway.partners.Trust;
import uz.koprik.gateway.release.GroupDesk;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.SharingGroup;
import uz.koprik.indicators.store.StoreUnavailable;

/** {@code /api/groups}: all members of the centre read the sharing groups, operators change those of this centre. */
public final class GroupRoutes implements Routes {

    private final Trust trust;
    private final LocalCentre localCentre;
    private final GroupDesk desk;
    private final InstantSource clock;

    public GroupRoutes(Trust trust, LocalCentre localCentre, GroupDesk desk, InstantSource clock) {
        this.trust = trust;
        this.localCentre = localCentre;
        this.desk = desk;
        this.clock = clock;
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/groups").handler(Blocking.handler(this::all));
        router.get("/api/groups/:id").handler(Blocking.handler(this::one));
        router.post("/api/groups").handler(Blocking.handler(this::create));
        router.delete("/api/groups/:id").handler(Blocking.handler(this::dissolve));
        router.post("/api/groups/:id/members").handler(Blocking.handler(this::add));
        router.delete("/api/groups/:id/members/:centre", "until").handler(Blocking.handler(this::remove));
    }

    /** The schema {@code SharingGroups}. */
    record GroupsView(List<GroupView> groups) {}

    /**
     * A group; the schema {@code SharingGroup}.
     *
     * @param owner name of the centre that owns it; absent when it is on no list
     * @param own whether this centre owns it
     * @param dissolved whether nobody is a member any more
     */
    record GroupView(
            String id,
            String name,
            String description,
            String owner,
            String ownerIdentity,
            boolean own,
            boolean past,
            boolean dissolved,
            List<MemberView> members) {}

    /**
     * A member; the schema {@code SharingGroupMember}.
     *
     * @param centre its name; absent when it is on no list
     * @param until absent for no end
     * @param now whether it is a member at this moment
     */
    record MemberView(String identity, String centre, String from, String until, boolean now) {}

    /** The schema {@code NewSharingGroup}. */
    record NewGroup(String name, String description, Boolean past, List<String> members, String tlp) {}

    /** The schema {@code NewSharingGroupMember}. */
    record NewMember(String centre, String from) {}

    private Runnable all(RoutingContext request) {
        Callers.require(request, Right.ANALYSE);
        return ApiJson.reply(
                request,
                200,
                new GroupsView(trust.groups().stream()
                        .sorted(Comparator.comparing(SharingGroup::name).thenComparing(SharingGroup::id))
                        .map(this::view)
                        .toList()));
    }

    private Runnable one(RoutingContext request) {
        Callers.require(request, Right.ANALYSE);
        return ApiJson.reply(request, 200, view(group(request)));
    }

    private Runnable create(RoutingContext request) throws StoreUnavailable {
        Source by = Callers.require(request, Right.OPERATE).source();
        NewGroup form = ApiJson.read(JsonBodies.bytes(request), NewGroup.class);
        if (form.name() == null || form.name().isBlank()) {
            throw ApiJson.bad("\"name\" is missing: what is the group called?");
        }
        List<String> members = new ArrayList<>(List.of(localCentre.identity()));
        for (String name : form.members() == null ? List.<String>of() : form.members()) {
            members.add(identity(name));
        }
        String id = refused(() -> desk.create(
                form.name(),
                form.description() == null ? "" : form.description(),
                Boolean.TRUE.equals(form.past()),
                members,
                form.tlp() == null ? Tlp.GREEN : TlpParam.parse(form.tlp()),
                by));
        return ApiJson.reply(request, 201, view(trust.group(id).orElseThrow()));
    }

    private Runnable dissolve(RoutingContext request) throws StoreUnavailable {
        Source by = Callers.require(request, Right.OPERATE).source();
        String id = group(request).id();
        refused(() -> {
            desk.dissolve(id, by);
            return id;
        });
        return ApiJson.reply(request, 200, view(trust.group(id).orElseThrow()));
    }

    private Runnable add(RoutingContext request) throws StoreUnavailable {
        Source by = Callers.require(request, Right.OPERATE).source();
        NewMember form = ApiJson.read(JsonBodies.bytes(request), NewMember.class);
        String id = group(request).id();
        String identity = identity(form.centre());
        Optional<Instant> from = moment("from", form.from());
        refused(() -> {
            desk.add(id, identity, from, by);
            return id;
        });
        return ApiJson.reply(request, 200, view(trust.group(id).orElseThrow()));
    }

    private Runnable remove(RoutingContext request) throws StoreUnavailable {
        Source by = Callers.require(request, Right.OPERATE).source();
        String id = group(request).id();
        String identity = identity(request.pathParam("centre"));
        Optional<Instant> until = moment("until", request.request().getParam("until"));
        refused(() -> {
            desk.remove(id, identity, until, by);
            return id;
        });
        return ApiJson.reply(request, 200, view(trust.group(id).orElseThrow()));
    }

    private interface Act {
        String run() throws StoreUnavailable, GroupDesk.GroupRefused;
    }

    private static String refused(Act act) throws StoreUnavailable {
        try {
            return act.run();
        } catch (GroupDesk.GroupRefused refused) {
            throw new Problem(422, "Refused", refused.getMessage());
        }
    }

    private SharingGroup group(RoutingContext request) {
        String words = request.pathParam("id");
        List<SharingGroup> found = SharingGroup.named(trust.groups(), words);
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw found.isEmpty()
                ? new Problem(404, "Not found", "there is no such sharing group; `koprik group list` names all")
                : ApiJson.bad("several sharing groups have that name; use the id, which `koprik group list` shows");
    }

    /** @param words the name of a centre on the trust list, or an identity */
    private String identity(String words) {
        if (words != null && words.startsWith("identity--")) {
            return words;
        }
        return trust.centre(words == null ? "" : words)
                .map(TrustedCentre::identity)
                .orElseThrow(() -> ApiJson.bad(
                        "there is no centre of that name on the trust list; `koprik partner list` names all"));
    }

    private static Optional<Instant> moment(String name, String text) {
        try {
            return Optional.ofNullable(text).map(OffsetDateTime::parse).map(OffsetDateTime::toInstant);
        } catch (DateTimeException e) {
            throw ApiJson.bad("\"" + name + "\" is a time with its zone, such as 2026-12-01T00:00Z");
        }
    }

    private GroupView view(SharingGroup group) {
        Instant now = clock.instant();
        return new GroupView(
                group.id(),
                group.name(),
                group.description().isEmpty() ? null : group.description(),
                name(group.owner()),
                group.owner(),
                group.owner().equals(localCentre.identity()),
                group.past(),
                group.revoked(),
                group.members().stream()
                        .map(member -> new MemberView(
                                member.identity(),
                                name(member.identity()),
                                member.from().toString(),
                                member.until().map(Instant::toString).orElse(null),
                                !group.revoked() && member.at(now)))
                        .toList());
    }

    private String name(String identity) {
        return trust.producer(identity).map(TrustedCentre::name).orElse(null);
    }
}
