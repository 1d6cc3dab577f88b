package uz.koprik.gateway.http;

import io.vertx.ext.web.Router;

/** The routes of one resource. Implementations never import one another. */
public interface Routes {

    /** Adds the routes. Handlers that block go through {@link Blocking}. */
    void mount(Router router);
}
