package uz.koprik.gateway.api.cases;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.ApiJson;
import uz.koprik.gateway.api.common.JsonBodies;
import uz.koprik.gateway.auth.Callers;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.cases.CaseTables;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.http.Blocking;
import uz.koprik.gateway.http.Problem;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;

/** {@code /api/case-mappings}: mappings from tables to cases, kept by name. */
public final class CaseMappingRoutes implements Routes {

    private final AnalystServices services;

    public CaseMappingRoutes(AnalystServices services) {
        this.services = services;
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/api/case-mappings").handler(Blocking.handler(this::list));
        router.get("/api/case-mappings/:name").handler(Blocking.handler(this::show));
        router.put("/api/case-mappings/:name", RouteTable.Content.YAML).handler(Blocking.handler(this::save));
    }

    /** The names; the schema {@code CaseMappings}. */
    record Names(List<String> names) {}

    private Runnable list(RoutingContext request) throws IOException {
        Callers.require(request, Right.CASES);
        return ApiJson.reply(request, 200, new Names(services.tables().names()));
    }

    private Runnable show(RoutingContext request) throws IOException {
        Callers.require(request, Right.CASES);
        String text = services.tables()
                .text(request.pathParam("name"))
                .orElseThrow(() -> new Problem(
                        404, "Not found", "there is no mapping of this name; GET /api/case-mappings lists them"));
        return () -> request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/yaml")
                .end(text);
    }

    private Runnable save(RoutingContext request) throws IOException {
        Callers.require(request, Right.CASES);
        String name = request.pathParam("name");
        if (!CaseTables.isName(name)) {
            throw ApiJson.bad("the name of a mapping is of a-z, 0-9 and hyphens");
        }
        try {
            services.tables().save(name, new String(JsonBodies.bytes(request), StandardCharsets.UTF_8));
        } catch (ConfigException e) {
            throw ApiJson.bad(e.getMessage());
        }
        return ApiJson.reply(request, 200, new Names(services.tables().names()));
    }
}
