package uz.koprik.gateway.taxii;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.gateway.http.Routes;

/** Discovery and the API root (TAXII 2.1, sections 4.1 and 4.2). */
public final class DiscoveryRoutes implements Routes {

    private final Config config;
    private final String apiRoot;

    /** @param apiRoot path of the API root, with a slash at both ends */
    public DiscoveryRoutes(Config config, String apiRoot) {
        this.config = config;
        this.apiRoot = apiRoot;
    }

    @Override
    public void mount(RouteTable router) {
        router.get("/taxii2/").handler(this::discovery);
        router.get(apiRoot).handler(this::root);
    }

    private void discovery(RoutingContext request) {
        MediaTypes.requireAccept(request);
        // Relative URLs would do (section 4.1.1), but some clients only understand whole ones.
        String root = config.publicUrl(request.request().localAddress().port()) + apiRoot;
        TaxiiResponses.json(
                request,
                200,
                JsonObject.builder()
                        .put("title", config.title())
                        .put("description", "Signed STIX 2.1 objects of the centre " + config.name())
                        .put("default", root)
                        .putStrings("api_roots", List.of(root))
                        .build());
    }

    private void root(RoutingContext request) {
        MediaTypes.requireAccept(request);
        TaxiiResponses.json(
                request,
                200,
                JsonObject.builder()
                        .put("title", config.title())
                        .putStrings("versions", List.of(MediaTypes.TAXII))
                        .put(
                                "max_content_length",
                                config.limits().maxContentLength().bytes())
                        .build());
    }
}
