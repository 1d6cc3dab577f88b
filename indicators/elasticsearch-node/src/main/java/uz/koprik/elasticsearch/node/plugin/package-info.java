/** The modules of a node that are not published, as far as clients cannot do without them. */
package uz.koprik.elasticsearch.node.plugin;
