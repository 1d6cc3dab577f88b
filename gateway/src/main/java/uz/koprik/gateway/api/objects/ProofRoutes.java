package uz.koprik.gateway.api.objects;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;
import uz.koprik.indicators.stix.Countersignature;
import uz.koprik.indicators.stix.InvalidObject;
import uz.koprik.indicators.stix.StixObject;
import uz.koprik.indicators.stix.values.Uuid5;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Provenance;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.StoredObject;

/**
 * {@code /api/objects/{id}/proof}: what others need to verify an object without this centre, as a STIX bundle: the
 * bytes as they were signed, and the countersignatures that cover this version. {@code koprik verify} reads it offline.
 */
public final class ProofRoutes implements Routes {

    private static final String STIX = "application/stix+json;version=2.1";

    private final AnalystServices services;

    public ProofRoutes(AnalystServices services) {
        this.services = services;
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/objects/:id/proof", "version").handler(Blocking.handler(this::proof));
    }

    private Runnable proof(RoutingContext request) throws StoreUnavailable {
        Caller caller = Callers.require(request, Right.READ);
        String id = request.pathParam("id");
        Entry entry = StoredVersion.find(services, caller, id, request.request().getParam("version"));
        if (entry.facts().provenance().origin() == Provenance.Origin.UNSIGNED) {
            throw new Problem(
                    409,
                    "Not proven",
                    "nobody signed this object: it was taken in without a signature, by explicit configuration of its"
                            + " partner; there is nothing to verify");
        }
        List<byte[]> objects = new ArrayList<>();
        objects.add(StoredObject.bytes(entry));
        StixObject object = StoredObject.stix(entry);
        for (Entry other : services.release().referrers(caller.recipient(), id)) {
            if (other.facts().type().equals(Countersignature.TYPE) && covers(other, object)) {
                objects.add(StoredObject.bytes(other));
            }
        }
        if (entry.facts().provenance().origin() == Provenance.Origin.COUNTERSIGNED && objects.size() == 1) {
            throw new Problem(
                    409, "Not proven", "a countersignature proves this object, and you may not see it: ask an analyst");
        }
        String bundle = "bundle--" + Uuid5.koprik("proof", id, entry.facts().digest());
        Buffer body = Buffer.buffer(bundle(bundle, objects));
        return () -> request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, STIX)
                .putHeader(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"" + entry.facts().id() + ".proof.json\"")
                .end(body);
    }

    private static boolean covers(Entry countersignature, StixObject object) {
        try {
            return Countersignature.read(StoredObject.stix(countersignature))
                    .filter(said -> said.covers(object))
                    .isPresent();
        } catch (InvalidObject damaged) {
            throw new IllegalStateException(
                    "the store holds an object that is none: "
                            + countersignature.facts().id(),
                    damaged);
        }
    }

    /** The objects byte for byte. */
    private static byte[] bundle(String id, List<byte[]> objects) {
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        bundle.writeBytes(
                ("{\"type\":\"bundle\",\"id\":\"" + id + "\",\"objects\":[").getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < objects.size(); i++) {
            if (i > 0) {
                bundle.write(',');
            }
            bundle.writeBytes(objects.get(i));
        }
        bundle.writeBytes("]}\n".getBytes(StandardCharsets.UTF_8));
        return bundle.toByteArray();
    }
}
