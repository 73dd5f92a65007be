// Package hook takes in what monitoring tools report: Zabbix posts an event as JSON, or
// a tool that cannot reach the server leaves the same JSON in a folder. An event that is
// grave enough becomes an incident whose beginning is the time that the tool saw; its
// recovery ends it. The media type for Zabbix is packaging/zabbix/daicho.yaml.
//
// It works on the server's own replica through store.Write. Do not use it for tools that
// only send mail: the desk's mailbox takes that.
package hook
