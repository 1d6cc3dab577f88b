/** Commands about who may do what: the table of roles, and acts that wait for a second person. */
package uz.koprik.gateway.cli.roles;
